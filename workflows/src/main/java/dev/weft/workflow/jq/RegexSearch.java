package dev.weft.workflow.jq;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import net.thisptr.jackson.jq.exception.JsonQueryException;
import net.thisptr.jackson.jq.internal.misc.OnigUtils;
import org.joni.Matcher;
import org.joni.Option;
import org.joni.Region;
import org.joni.exception.JOniException;
import org.jspecify.annotations.Nullable;

/** A regular expression on its way through a text, within what time there is left. Positions are those of UTF-8. */
final class RegexSearch {

    /** Longer ones take long to compile, which nobody can stop. */
    private static final int LONGEST = 1_000;

    /** The library looks at the time of day, so a pause of the machine interrupts it, and it has to begin anew. */
    private static final int MOST_ATTEMPTS = 10;

    private final OnigUtils.Pattern pattern;
    private final byte[] text;
    private final Matcher matcher;
    private int countedTo;
    private int charactersBefore;

    private RegexSearch(OnigUtils.Pattern pattern, byte[] text) {
        this.pattern = pattern;
        this.text = text;
        this.matcher =
                pattern.regex.matcher(text, 0, text.length, Metered.meter().nanosLeft());
    }

    static RegexSearch of(String regex, JsonNode flags, String text) throws JsonQueryException {
        if (regex.length() > LONGEST) {
            throw new JsonQueryException("a regular expression is longer than " + LONGEST + " characters");
        }
        try {
            OnigUtils.Pattern pattern = new OnigUtils.Pattern(regex, flags.isNull() ? null : text("flags", flags));
            return new RegexSearch(pattern, text.getBytes(StandardCharsets.UTF_8));
        } catch (JOniException e) {
            throw new JsonQueryException("\"" + regex + "\" is no regular expression: " + e.getMessage());
        }
    }

    static String text(String what, JsonNode node) throws JsonQueryException {
        if (!node.isTextual()) {
            throw new JsonQueryException(what + " must be text, found " + node.getNodeType());
        }
        return node.textValue();
    }

    /** Finds the next match from a position on, and returns whether there is one. */
    boolean find(int offset) {
        Meter meter = Metered.meter();
        for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
            meter.checkTime();
            matcher.setTimeout(meter.nanosLeft());
            int found = matcher.search(offset, text.length, Option.NONE);
            if (found != Matcher.INTERRUPTED) {
                return found >= 0;
            }
        }
        throw meter.overtime();
    }

    boolean isGlobal() {
        return pattern.global;
    }

    int begin() {
        return matcher.getBegin();
    }

    int end() {
        return matcher.getEnd();
    }

    int length() {
        return text.length;
    }

    /** Returns the position behind the character at one. */
    int next(int position) {
        int next = position + 1;
        while (next < text.length && isContinuation(text[next])) {
            next++;
        }
        return next;
    }

    @Nullable
    Region groups() {
        return matcher.getRegion();
    }

    @Nullable
    String name(int group) {
        return pattern.names[group];
    }

    String text(int from, int to) {
        return new String(text, from, to - from, StandardCharsets.UTF_8);
    }

    /** Returns how many characters stand before a position; each call starts where the last one ended. */
    int offset(int position) {
        charactersBefore = position < countedTo
                ? charactersBefore - characters(position, countedTo)
                : charactersBefore + characters(countedTo, position);
        countedTo = position;
        return charactersBefore;
    }

    /** Returns how many characters stand between two positions. */
    int characters(int from, int to) {
        int characters = 0;
        for (int i = from; i < to; i++) {
            characters += isContinuation(text[i]) ? 0 : 1;
        }
        return characters;
    }

    private static boolean isContinuation(byte part) {
        return (part & 0xC0) == 0x80;
    }
}
