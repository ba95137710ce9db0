package dev.weft.function.module;

import dev.weft.config.Node;
import dev.weft.config.Scalar;
import dev.weft.function.FunctionType;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where functions write records to Kafka, which name their topic themselves.
 *
 * @param at where it is said, for what is found to be wrong with it later
 * @param id by which functions name it
 * @param bootstrap {@code host:port}, at least one
 * @param transactionTimeout null where the file says nothing
 * @param properties of the Kafka client, as the file says them and where; one may hold a secret
 */
public record KafkaEgress(
        Node at,
        FunctionType id,
        List<String> bootstrap,
        Semantic semantic,
        @Nullable Duration transactionTimeout,
        Map<String, Scalar> properties) {

    public KafkaEgress {
        bootstrap = List.copyOf(bootstrap);
        properties = Collections.unmodifiableMap(new LinkedHashMap<>(properties));
    }

    /** How often a record is written. */
    public enum Semantic {
        /** Nothing is promised. */
        NONE,
        AT_LEAST_ONCE,
        /** In transactions. */
        EXACTLY_ONCE
    }
}
