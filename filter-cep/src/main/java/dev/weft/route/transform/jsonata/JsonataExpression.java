package dev.weft.route.transform.jsonata;

import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.Jsonata;
import com.fasterxml.jackson.databind.JsonNode;
import dev.weft.config.Node;
import dev.weft.config.Problem;
import dev.weft.config.Problems;
import dev.weft.config.Scalar;
import dev.weft.event.MeshEvent;
import java.io.Serializable;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An expression in JSONata (docs.jsonata.org, 2.x), asked of one event after the other. {@code docs/transforms.md} says
 * what it sees of an event and what of the language is left out.
 *
 * <p>Immutable, and safe to share between threads. Serializable, so that it can travel in a job graph: its text goes,
 * and is compiled again where it arrives. Two are equal when their texts are.
 */
public final class JsonataExpression implements Serializable {

    private static final long serialVersionUID = 1;

    /** In characters. */
    private static final int LONGEST = 20_000;

    private static final String EXPECTED = "a JSONata expression";

    private final String text;
    private transient @Nullable Jsonata compiled;
    private transient @Nullable Bounds bounds;

    private JsonataExpression(String text, Jsonata compiled) {
        this.text = text;
        this.compiled = compiled;
    }

    /** Reads an expression; nothing if it cannot be, which is a problem. */
    public static Optional<JsonataExpression> parse(Node at, Problems problems) {
        if (!(at instanceof Scalar scalar && scalar.value() instanceof String text)) {
            boolean quoted = at instanceof Scalar scalar && scalar.value() != null;
            problems.add(at, at.described(), EXPECTED + (quoted ? ", in quotes" : ""));
            return Optional.empty();
        }
        if (text.isBlank() || text.length() > LONGEST) {
            problems.add(
                    at,
                    text.isBlank() ? "an empty expression" : "an expression of " + text.length() + " characters",
                    text.isBlank() ? EXPECTED : "at most " + LONGEST);
            return Optional.empty();
        }
        int before = problems.count();
        Unbounded.in(text)
                .forEach(found -> problems.add(new Problem(
                        at.at(),
                        at.path(),
                        found.words() + place(text, found.offset()),
                        found.instead(),
                        Optional.empty())));
        return problems.count() > before ? Optional.empty() : compile(text, at, problems);
    }

    private static Optional<JsonataExpression> compile(String text, Node at, Problems problems) {
        try {
            return Optional.of(new JsonataExpression(text, compiled(text)));
        } catch (JException e) {
            String found = "\"" + e.getMessage() + "\"" + place(text, Math.max(e.getLocation() - 1, 0));
            problems.add(at, found, EXPECTED);
        } catch (StackOverflowError e) {
            problems.add(at, "an expression nested too deeply", "one that is not nested as deeply");
        } catch (RuntimeException e) {
            // The library's parser fails in many ways on text that only looks like an expression.
            problems.add(at, at.described() + ", on which the parser fails", EXPECTED);
        }
        return Optional.empty();
    }

    private static String place(String text, int offset) {
        long lines = text.substring(0, Math.min(offset, text.length()))
                .chars()
                .filter(c -> c == '\n')
                .count();
        int column = offset - text.lastIndexOf('\n', offset - 1);
        return " at " + (text.indexOf('\n') < 0 ? "" : "line " + (lines + 1) + ", ") + "character " + column;
    }

    private static Jsonata compiled(String text) {
        Jsonata compiled = Jsonata.jsonata(text);
        // What it is given are values of JSON, and what it returns tells null from nothing.
        compiled.setValidateInput(false);
        compiled.setOutputConvertNulls(false);
        return compiled;
    }

    /** Returns the expression as it was written. */
    public String text() {
        return text;
    }

    /**
     * Returns what the expression makes of the event. Never throws: what goes wrong is the answer.
     *
     * @param payload the whole payload; a missing node where there is none
     * @param maxBytes the longest text, and the most bytes of JSON, that may be made on the way
     */
    public synchronized JsonataAnswer ask(MeshEvent event, JsonNode payload, int maxBytes) {
        Jsonata ready = compiled;
        if (ready == null) {
            ready = compiled(text);
            compiled = ready;
        }
        Bounds bounded = bounds;
        if (bounded == null) {
            bounded = new Bounds();
            bounds = bounded;
        }
        try {
            Object value = ready.evaluate(JsonValues.plain(payload), bounded.begin(ready, event, maxBytes));
            return JsonataAnswer.of(JsonValues.json(value, bounded));
        } catch (UnboundedException e) {
            return JsonataAnswer.failed(e.why());
        } catch (JException e) {
            return JsonataAnswer.failed(Words.of(e));
        } catch (StackOverflowError e) {
            return JsonataAnswer.failed(UnboundedException.TOO_DEEP);
        } catch (RuntimeException e) {
            // Some functions of the library let Java's exceptions out, whose words quote the payload.
            return JsonataAnswer.failed("a function cannot be applied to its arguments");
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof JsonataExpression that && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
