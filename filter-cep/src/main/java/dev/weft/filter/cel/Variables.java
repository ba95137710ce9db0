package dev.weft.filter.cel;

import dev.weft.event.AttributeRules;
import dev.weft.event.EventView;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;

/** What an expression can name of an event. */
final class Variables {

    /** The attributes that are text; an extension is named like them. */
    static final List<String> TEXTS =
            List.of("id", "source", "specversion", "type", "datacontenttype", "dataschema", "subject");

    /** The payload, a value of any type. */
    static final String DATA = "data";

    /** All attributes and extensions by their names, as texts. */
    static final String EVENT = "event";

    /** The attribute that is a timestamp. */
    static final String TIME = "time";

    /** Identifiers that the language has a meaning for; {@code type} is one too, and the attribute comes first. */
    static final List<String> TYPES =
            List.of("bool", "bytes", "double", "int", "list", "map", "null_type", "string", "uint");

    private Variables() {}

    static boolean isDeclared(String name) {
        return TEXTS.contains(name) || name.equals(DATA) || name.equals(EVENT) || name.equals(TIME);
    }

    static boolean isType(String name) {
        return TYPES.contains(name);
    }

    /** Returns whether an identifier that is no loop's variable stands for something of the event. */
    static boolean isVariable(String name) {
        return isDeclared(name) || AttributeRules.isName(name) && !isType(name);
    }

    static Code code(String name) {
        return switch (name) {
            case DATA -> run -> run.payload == null ? Failed.UNREADABLE : Values.of(run.payload);
            case EVENT -> run -> new AttributeMap(run.event);
            case TIME -> time();
            default -> attribute(name);
        };
    }

    private static Code attribute(String name) {
        Failed missing = Failed.missing("the event has no attribute " + name);
        return run -> {
            run.pay(1);
            String text = run.event.attribute(name);
            return text == null ? missing : text;
        };
    }

    private static Code time() {
        Failed missing = Failed.missing("the event has no attribute time");
        return run -> {
            run.pay(1);
            String text = run.event.attribute(TIME);
            return text == null ? missing : time(run.event, text);
        };
    }

    /** Days of more than 18 hours' offset and years past 9999 are times to some, and not to Java. */
    static Object time(EventView event, String text) {
        try {
            return OffsetDateTime.parse(text.toUpperCase(Locale.ROOT)).toInstant();
        } catch (DateTimeException e) {
            return new Failed("the attribute time of " + event.attribute("id") + " is no timestamp");
        }
    }
}
