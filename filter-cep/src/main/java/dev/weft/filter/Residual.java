package dev.weft.filter;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weft.event.MeshEvent;
import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a rule asks of the event as a whole, where no test of single fields can say it: an expression in a language of
 * its own. A matcher asks it last, only if everything else of the alternative holds, and equal ones once per event.
 *
 * <p>Two residuals are equal when they are of one language and text. They are immutable, safe to share between threads,
 * and travel in the job graph. None throws: what goes wrong while it is evaluated is an answer.
 */
public interface Residual extends Serializable {

    /** Returns the key that a route writes the expression under, such as {@code sql}. */
    String language();

    /** Returns the expression. */
    String text();

    /**
     * Returns which fields of the payload it reads, as names from the payload's root; the empty list of names is the
     * whole payload. Nothing if it reads attributes alone.
     */
    List<List<String>> wantedPaths();

    /** Returns the names of the attributes it reads, so that an explanation shows them. */
    List<String> attributes();

    /**
     * Answers about one event. Whoever asks has read what {@link #wantedPaths()} names, and maybe more, which must not
     * show.
     *
     * @param root the wanted part of the payload, a {@linkplain JsonNode#isMissingNode() missing node} where the event
     *     has none; null if the payload cannot be read, and then the answer is undecided if it depends on it. One that
     *     wants nothing of the payload answers the same whatever the root
     */
    Answer answer(MeshEvent event, @Nullable JsonNode root);

    /** Returns why it refuses the event, as a clause, given the answer that it gave. */
    default String because(MeshEvent event, @Nullable JsonNode root, Answer answer) {
        return language() + " is asked: " + Quoted.expression(text()) + "; seen: " + answer.said();
    }

    /**
     * What an expression said about an event.
     *
     * @param failed whether it could not be evaluated, or was not what an expression must be; it is refused then
     * @param words the answer, or why it failed; made into text only when that is asked for
     */
    record Answer(Outcome outcome, boolean failed, Object words) {

        public static final Answer TRUE = new Answer(Outcome.MATCHED, false, "true");
        public static final Answer FALSE = new Answer(Outcome.REFUSED, false, "false");
        public static final Answer UNREADABLE = new Answer(Outcome.UNDECIDED, false, "unreadable");

        /** Returns the answer of an expression that holds, or does not. */
        public static Answer of(boolean holds) {
            return holds ? TRUE : FALSE;
        }

        /** Returns the answer of an expression that failed; the text of {@code why} says why. */
        public static Answer failure(Object why) {
            return new Answer(Outcome.REFUSED, true, why);
        }

        /** Returns the answer in words: {@code false}, {@code error: missing attribute region}. */
        public String said() {
            return failed ? "error: " + words : words.toString();
        }
    }
}
