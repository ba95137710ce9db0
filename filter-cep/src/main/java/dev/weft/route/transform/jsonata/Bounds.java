package dev.weft.route.transform.jsonata;

import com.dashjoin.jsonata.Functions;
import com.dashjoin.jsonata.Jsonata;
import com.dashjoin.jsonata.Jsonata.Frame;
import com.dashjoin.jsonata.Jsonata.JFunction;
import dev.weft.event.MeshEvent;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/*
 * The library can watch the clock, so whether an expression ends would depend on how busy the machine is. Counting is
 * the same everywhere: each part of an expression is a step each time it is evaluated, and no list or text that a part
 * makes may be larger than an event. A function may make a text of many times the length of what it is given before
 * that shows, so the four that can are given bounds of their own.
 */
/** What a calculation may cost; begun again for each. Not thread-safe. */
final class Bounds {

    static final int MOST_STEPS = 200_000;
    static final int DEEPEST = 100;
    static final int MOST_ELEMENTS = 1_000_000;

    private final JFunction boundedPad = Jsonata.function("pad", this::pad, "<s-ns?:s>");
    private final JFunction boundedJoin = Jsonata.function("join", this::join, "<a<s>s?:s>");
    private final JFunction boundedReplace = Jsonata.function("replace", this::replace, "<s-(sf)(sf)n?:s>");
    private final JFunction boundedString = Jsonata.function("string", this::string, "<x-b?:s>");

    private int maxBytes;
    private int steps;
    private int depth;

    /** Begins again, and returns what the expression sees beside the payload. */
    Frame begin(Jsonata expression, MeshEvent event, int mostBytes) {
        maxBytes = mostBytes;
        steps = 0;
        depth = 0;
        Frame frame = expression.createFrame();
        Map<String, Object> attributes = new LinkedHashMap<>();
        for (String name : event.attributeNames()) {
            String text = event.attribute(name);
            if (text != null) {
                attributes.put(name, text);
            }
        }
        frame.bind("event", (Object) attributes);
        frame.setEvaluateEntryCallback((part, input, environment) -> enter());
        frame.setEvaluateExitCallback((part, input, environment, result) -> leave(result));
        frame.bind("pad", boundedPad);
        frame.bind("join", boundedJoin);
        frame.bind("replace", boundedReplace);
        frame.bind("string", boundedString);
        return frame;
    }

    private void enter() {
        step();
        if (++depth > DEEPEST) {
            throw new UnboundedException(UnboundedException.TOO_DEEP);
        }
    }

    private void leave(@Nullable Object result) {
        depth--;
        if (result instanceof String text) {
            made(text.length());
        } else if (result instanceof Collection<?> list && list.size() > MOST_ELEMENTS) {
            throw new UnboundedException("it makes a list of more than %,d elements".formatted(MOST_ELEMENTS));
        }
    }

    void step() {
        if (++steps > MOST_STEPS) {
            throw new UnboundedException("it takes more than %,d steps".formatted(MOST_STEPS));
        }
    }

    void made(long characters) {
        if (characters > maxBytes) {
            throw new UnboundedException("it makes a text of more than " + maxBytes + " characters");
        }
    }

    private @Nullable String pad(@Nullable String text, Number width, @Nullable String with) {
        made(Math.abs(width.longValue()));
        return Functions.pad(text, width.intValue(), with);
    }

    private @Nullable String join(@Nullable List<String> texts, @Nullable String separator) {
        if (texts != null) {
            long between = separator == null ? 0 : separator.length();
            made(texts.stream().mapToLong(text -> text.length() + between).sum());
        }
        return Functions.join(texts, separator);
    }

    private @Nullable Object replace(@Nullable String text, Object what, Object with, @Nullable Integer limit) {
        if (text != null && what instanceof String sought && with instanceof String replacement && !sought.isEmpty()) {
            long places = text.length() / sought.length() + 1L;
            made(text.length() + places * replacement.length());
        }
        return Functions.replace(text, what, with, limit);
    }

    private @Nullable String string(@Nullable Object value, @Nullable Boolean indented) {
        measure(value);
        return Functions.string(value, indented);
    }

    /** One value may hold another many times, and be small in memory and endless as text. */
    private void measure(@Nullable Object value) {
        step();
        if (value instanceof Map<?, ?> map) {
            map.values().forEach(this::measure);
        } else if (value instanceof Collection<?> list) {
            list.forEach(this::measure);
        }
    }
}
