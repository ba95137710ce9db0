package dev.weft.job.cli;

import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** What a Kafka client's failure means to the person who used it. */
final class KafkaReach {

    private KafkaReach() {}

    /** Returns the failure in one sentence. */
    static CommandFailure failure(String bootstrapServers, Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null && !isTelling(cause)) {
            cause = cause.getCause();
        }
        if (cause instanceof ConfigException) {
            return CommandFailure.input("Kafka cannot be used at " + bootstrapServers + ": " + cause.getMessage());
        }
        if (cause instanceof UnknownTopicOrPartitionException) {
            return CommandFailure.failure("Kafka at " + bootstrapServers + " does not have that topic");
        }
        if (cause instanceof TimeoutException) {
            return CommandFailure.failure("Kafka at " + bootstrapServers
                    + " did not answer in time. Is it running, and is this its address?");
        }
        return CommandFailure.failure("Kafka at " + bootstrapServers + ": "
                + (cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage()));
    }

    private static boolean isTelling(Throwable failure) {
        return failure instanceof ConfigException
                || failure instanceof TimeoutException
                || failure instanceof RecordTooLargeException
                || (failure instanceof KafkaException && failure.getCause() == null);
    }
}
