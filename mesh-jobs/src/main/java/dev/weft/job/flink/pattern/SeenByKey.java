package dev.weft.job.flink.pattern;

import dev.weft.cep.engine.Key;
import dev.weft.cep.live.Seen;
import dev.weft.cep.live.Tenure;
import dev.weft.route.transform.EventValue;
import java.util.stream.Collectors;

/**
 * An event that a pattern looks at, with its key.
 *
 * @param key by what the pattern partitions, and the values: equal for patterns that partition alike
 */
public record SeenByKey(String key, Seen seen) {

    private static final char SEPARATOR = '|';

    /** Returns what stands before the values in the keys of a pattern. */
    static String prefix(Tenure tenure) {
        String values = tenure.pattern().partitionBy().stream()
                .map(EventValue::toString)
                .collect(Collectors.joining(","));
        return Integer.toHexString(values.hashCode()) + SEPARATOR;
    }

    /** Returns the values of a {@link #key}. */
    static Key values(String key) {
        return Key.ofJson(key.substring(key.indexOf(SEPARATOR) + 1));
    }
}
