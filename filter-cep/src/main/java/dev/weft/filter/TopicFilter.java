package dev.weft.filter;

import java.io.Serializable;
import java.util.List;

/**
 * A filter over the levels of a text that slashes part, such as {@code orders/+/eu/#}: {@code +} is any one level,
 * {@code #} any number of further levels and none, all else is literal. Two are equal when they are written the same.
 *
 * <p>As MQTT 5.0 defines topic filters (section 4.7): wildcards stand for whole levels, empty levels are levels, and a
 * filter that begins with a wildcard does not match a text that begins with {@code $}.
 */
public final class TopicFilter implements Serializable {

    static final String ANY_LEVEL = "+";
    static final String ANY_REST = "#";

    private static final int LONGEST = 1_000;
    private static final int MOST_LEVELS = 100;

    private final String text;
    private final List<String> levels;

    /** Whether any further levels follow those of the list. */
    private final boolean open;

    private TopicFilter(String text, List<String> levels, boolean open) {
        this.text = text;
        this.levels = List.copyOf(levels);
        this.open = open;
    }

    /**
     * Returns the filter.
     *
     * @throws IllegalArgumentException if it is empty or too long, or a wildcard shares its level or is not the last
     *     level where it must be; the message says which, ready to stand after the word "found"
     */
    public static TopicFilter of(String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("an empty filter");
        }
        List<String> levels = List.of(text.split("/", -1));
        if (text.length() > LONGEST || levels.size() > MOST_LEVELS) {
            throw new IllegalArgumentException("%d levels of %d characters; at most %d of %d are taken"
                    .formatted(levels.size(), text.length(), MOST_LEVELS, LONGEST));
        }
        for (int i = 0; i < levels.size(); i++) {
            check(levels.get(i), i == levels.size() - 1);
        }
        boolean open = levels.get(levels.size() - 1).equals(ANY_REST);
        return new TopicFilter(text, open ? levels.subList(0, levels.size() - 1) : levels, open);
    }

    private static void check(String level, boolean last) {
        boolean wildcard = level.contains(ANY_LEVEL) || level.contains(ANY_REST);
        if (wildcard && level.length() > 1) {
            throw new IllegalArgumentException("a wildcard that shares its level, " + Quoted.text(level) + ",");
        }
        if (level.equals(ANY_REST) && !last) {
            throw new IllegalArgumentException("# before the last level");
        }
    }

    /** Returns the levels; without the {@code #}, where there is one. */
    List<String> levels() {
        return levels;
    }

    /** Returns whether the filter ends in {@code #}. */
    boolean isOpen() {
        return open;
    }

    /** Returns whether it names no level, so that it matches nearly everything. */
    boolean isOnlyWildcards() {
        return levels.stream().allMatch(ANY_LEVEL::equals);
    }

    boolean matches(String topic) {
        if (topic.isEmpty() || (topic.charAt(0) == '$' && startsWithWildcard())) {
            return false;
        }
        int from = 0;
        for (int i = 0; i < levels.size(); i++) {
            if (from > topic.length()) {
                return false;
            }
            int slash = topic.indexOf('/', from);
            int end = slash < 0 ? topic.length() : slash;
            String level = levels.get(i);
            boolean isIt = level.equals(ANY_LEVEL) || (level.length() == end - from && topic.startsWith(level, from));
            if (!isIt) {
                return false;
            }
            from = end + 1;
        }
        return open || from > topic.length();
    }

    private boolean startsWithWildcard() {
        return levels.isEmpty() || levels.get(0).equals(ANY_LEVEL);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TopicFilter that && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** Returns the filter as it was written. */
    @Override
    public String toString() {
        return text;
    }
}
