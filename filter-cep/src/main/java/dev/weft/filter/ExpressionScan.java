package dev.weft.filter;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What can be told of a regular expression by reading it once, without compiling it: about how large its program would
 * be at most, and with what every match starts. Of what is no expression it tells something, too; the compiler refuses
 * it.
 */
final class ExpressionScan {

    private static final long BEYOND = Integer.MAX_VALUE;
    private static final Pattern FLAGS = Pattern.compile("\\(\\?[a-zA-Z-]*\\)");

    private final String text;
    private final StringBuilder start = new StringBuilder();
    private final Deque<Group> open = new ArrayDeque<>();
    private int at;

    /** Whether what was read so far is one literal text, and nothing but literals. */
    private boolean literal = true;

    /** Whether a match need not start with the literals that come first. */
    private boolean choice;

    private Group group = new Group();

    /** What was read of one group. */
    private static final class Group {
        private long size;

        /** Of what a repetition that follows would repeat. */
        private long last;

        void add(long instructions) {
            last = instructions;
            size = Math.min(BEYOND, size + instructions);
        }

        void repeatLast(long times) {
            long more = Math.min(BEYOND, last * Math.max(1, times)) + 1;
            size = Math.min(BEYOND, size - last + more);
            last = more;
        }
    }

    private ExpressionScan(String text) {
        this.text = text;
    }

    static ExpressionScan of(String text) {
        ExpressionScan scan = new ExpressionScan(text);
        scan.skipAnchor();
        while (scan.at < text.length()) {
            scan.step();
        }
        while (!scan.open.isEmpty()) {
            scan.close();
        }
        return scan;
    }

    /** Returns a number of instructions that the program does not much exceed, at most {@code Integer.MAX_VALUE}. */
    long mostInstructions() {
        return group.size;
    }

    /** Returns a text that every match of the whole expression starts with; empty if none is known. */
    String start() {
        return choice ? "" : start.toString();
    }

    private void skipAnchor() {
        if (text.startsWith("^")) {
            at++;
        } else if (text.startsWith("\\A")) {
            at += 2;
        }
    }

    private void step() {
        char c = text.charAt(at);
        switch (c) {
            case '\\' -> escape();
            case '[' -> characterClass();
            case '(' -> open();
            case ')' -> {
                at++;
                close();
            }
            case '|' -> {
                at++;
                choice |= open.isEmpty();
                notLiteral();
                group.add(1);
            }
            case '*', '+', '?' -> {
                at++;
                repeated(1, c == '+');
            }
            case '{' -> braces();
            case '.', '^', '$' -> {
                at++;
                notLiteral();
                group.add(1);
            }
            default -> {
                literal(text.codePointAt(at));
                at += Character.charCount(text.codePointAt(at));
            }
        }
    }

    private void escape() {
        if (text.startsWith("\\Q", at)) {
            int end = text.indexOf("\\E", at);
            int to = end < 0 ? text.length() : end;
            notLiteral();
            for (at += 2; at < to; at++) {
                group.add(1);
            }
            at = end < 0 ? to : end + 2;
            return;
        }
        int escaped = at + 1 < text.length() ? text.codePointAt(at + 1) : -1;
        if (escaped > 0 && escaped < 0x80 && !Character.isLetterOrDigit(escaped)) {
            literal(escaped);
        } else {
            notLiteral();
            group.add(2);
        }
        at += escaped < 0 ? 1 : 1 + Character.charCount(escaped);
    }

    /** Steps over a class. A closing bracket that comes first is one of its characters. */
    private void characterClass() {
        notLiteral();
        group.add(1);
        at += text.startsWith("[^", at) ? 2 : 1;
        if (text.startsWith("]", at)) {
            at++;
        }
        while (at < text.length() && text.charAt(at) != ']') {
            if (text.startsWith("[:", at)) {
                int end = text.indexOf(":]", at + 2);
                at = end < 0 ? at + 1 : end + 2;
            } else {
                at += text.charAt(at) == '\\' ? 2 : 1;
            }
        }
        at = Math.min(text.length(), at + 1);
    }

    private void open() {
        Matcher flags = FLAGS.matcher(text).region(at, text.length());
        if (flags.lookingAt()) {
            // A repetition behind flags repeats what stands before them, and what repeats already.
            choice = true;
            at = flags.end();
            return;
        }
        notLiteral();
        open.push(group);
        group = new Group();
        at++;
    }

    private void close() {
        long size = group.size;
        if (!open.isEmpty()) {
            group = open.pop();
            group.add(size + 2);
        }
    }

    /** Steps over {@code {2}}, {@code {2,}} or {@code {2,3}}; other braces are literal. */
    private void braces() {
        int end = text.indexOf('}', at);
        String counts = end < 0 ? "" : text.substring(at + 1, end);
        if (!counts.matches("\\d{1,9}(,\\d{0,9})?")) {
            literal('{');
            at++;
            return;
        }
        at = end + 1;
        int comma = counts.indexOf(',');
        long least = Long.parseLong(comma < 0 ? counts : counts.substring(0, comma));
        boolean isOpen = comma == counts.length() - 1;
        long most = comma < 0 || isOpen ? least + 1 : Long.parseLong(counts.substring(comma + 1));
        repeated(Math.max(least, most), false);
    }

    private void repeated(long times, boolean atLeastOnce) {
        if (literal && !atLeastOnce && !start.isEmpty()) {
            start.setLength(start.offsetByCodePoints(start.length(), -1));
        }
        notLiteral();
        group.repeatLast(times);
    }

    private void literal(int character) {
        if (literal) {
            start.appendCodePoint(character);
        }
        group.add(1);
    }

    private void notLiteral() {
        literal = false;
    }
}
