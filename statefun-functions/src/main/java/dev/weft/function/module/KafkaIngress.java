package dev.weft.function.module;

import dev.weft.config.Node;
import dev.weft.config.Scalar;
import dev.weft.function.FunctionType;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Topics of Kafka whose records become messages: the key is the id, the value the argument, as they are.
 *
 * @param at where it is said, for what is found to be wrong with it later
 * @param id the ingress's name
 * @param bootstrap {@code host:port}, at least one
 * @param group null where the file names no consumer group
 * @param start where reading begins without a savepoint
 * @param otherwise where it begins in partitions in which {@code start} is no place
 * @param properties of the Kafka client, as the file says them and where; one may hold a secret
 */
public record KafkaIngress(
        Node at,
        FunctionType id,
        List<Topic> topics,
        List<String> bootstrap,
        @Nullable String group,
        StartPosition start,
        Otherwise otherwise,
        Map<String, Scalar> properties) {

    public KafkaIngress {
        topics = List.copyOf(topics);
        bootstrap = List.copyOf(bootstrap);
        properties = Collections.unmodifiableMap(new LinkedHashMap<>(properties));
    }

    /**
     * One topic.
     *
     * @param at where it is said
     * @param valueType the typename that functions see
     * @param targets each record becomes a message to each, at least one
     */
    public record Topic(Node at, String name, FunctionType valueType, List<FunctionType> targets) {

        public Topic {
            targets = List.copyOf(targets);
        }
    }

    /** Where to begin in a partition without a place to begin. */
    public enum Otherwise {
        EARLIEST,
        LATEST
    }
}
