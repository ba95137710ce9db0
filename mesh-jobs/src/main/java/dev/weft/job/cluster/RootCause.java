package dev.weft.job.cluster;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The innermost cause in the text of a Java stack trace, as one sentence. Flink sends failures as such texts; what a
 * person can act on stands in the last {@code Caused by:}, below several wrappers that only say that something failed.
 */
final class RootCause {

    private static final String CAUSED_BY = "Caused by: ";
    private static final String SERVER_SIDE = "<Exception on server side:";
    private static final Pattern CLASS_AND_MESSAGE =
            Pattern.compile("(?:[A-Za-z_][\\w$]*\\.)+([A-Z][\\w$]*)(?::\\s*(.*))?", Pattern.DOTALL);
    private static final int LONGEST = 500;

    private RootCause() {}

    /** Returns the sentence for a stack trace; text that is no stack trace is shortened to its first line. */
    static String of(String trace) {
        String text = trace.strip();
        int server = text.indexOf(SERVER_SIDE);
        if (server >= 0) {
            text = text.substring(server + SERVER_SIDE.length()).strip();
        }
        String[] causes = text.split("(?m)^\\s*" + CAUSED_BY);
        int told = causes.length - 1;
        // A cause of the same class is a detail: "no file system for scheme x", because "Hadoop is not there".
        while (told > 0 && nameOf(causes[told]).equals(nameOf(causes[told - 1]))) {
            told--;
        }
        return named(firstLine(causes[told]));
    }

    private static String nameOf(String cause) {
        String line = firstLine(cause);
        int end = line.indexOf(':');
        return end < 0 ? line : line.substring(0, end);
    }

    /** Drops the classes that only wrap: {@code a.b.SerializedThrowable: c.d.TimeoutException: text}. */
    private static String named(String line) {
        Matcher matcher = CLASS_AND_MESSAGE.matcher(line);
        if (!matcher.matches()) {
            return shortened(line);
        }
        String name = matcher.group(1).substring(matcher.group(1).lastIndexOf('$') + 1);
        String message = matcher.group(2);
        if (message == null || message.isBlank()) {
            return name;
        }
        return CLASS_AND_MESSAGE.matcher(message).matches() ? named(message) : shortened(name + ": " + message);
    }

    private static String firstLine(String text) {
        return text.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .findFirst()
                .orElse("no reason given");
    }

    private static String shortened(String line) {
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST - 3) + "...";
    }
}
