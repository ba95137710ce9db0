package dev.weft.job.trial.function;

import java.util.Optional;

/**
 * What an interpreter remembers.
 *
 * @param count of updates
 * @param sum of their numbers
 * @param isToggled whether the value that is set and removed in turns is there
 * @param disorders messages that came in another order than that in which they were sent
 */
public record Standing(long count, long sum, boolean isToggled, long disorders) {

    static final Standing NOTHING = new Standing(0, 0, false, 0);

    private static final String START = "standing ";

    String text() {
        return START + count + " " + sum + " " + isToggled + " " + disorders;
    }

    /** Returns the standing of that text, or nothing where it says something else. */
    public static Optional<Standing> parse(String text) {
        if (!text.startsWith(START)) {
            return Optional.empty();
        }
        String[] parts = text.substring(START.length()).split(" ", -1);
        return Optional.of(new Standing(
                Long.parseLong(parts[0]),
                Long.parseLong(parts[1]),
                Boolean.parseBoolean(parts[2]),
                Long.parseLong(parts[3])));
    }

    Standing updated(long number) {
        return new Standing(count + 1, sum + number, isToggled, disorders);
    }

    Standing toggled() {
        return new Standing(count, sum, !isToggled, disorders);
    }
}
