package dev.weft.job;

import dev.weft.config.DurationText;
import dev.weft.config.Fields;
import dev.weft.config.Problems;
import java.time.Duration;
import java.util.Optional;

/** Reads {@code spec.checkpoint}. */
final class CheckpointSection {

    static final CheckpointSettings DEFAULT = new CheckpointSettings(Duration.ofSeconds(10), Duration.ofMinutes(10));

    private final Problems problems;

    CheckpointSection(Problems problems) {
        this.problems = problems;
    }

    CheckpointSettings read(Fields fields, Guarantee guarantee, Optional<KafkaSettings> kafka) {
        Optional<Duration> every = fields.optional("every").duration(Duration.ofMillis(100), Duration.ofDays(1));
        Optional<Duration> timeout = fields.optional("timeout").duration(Duration.ofSeconds(1), Duration.ofDays(1));
        fields.close();
        CheckpointSettings settings =
                new CheckpointSettings(every.orElse(DEFAULT.every()), timeout.orElse(DEFAULT.timeout()));
        if (guarantee == Guarantee.EXACTLY_ONCE) {
            kafka.map(KafkaSettings::transactionTimeout).ifPresent(open -> refuseLonger(settings, open, fields));
        }
        return settings;
    }

    /** A transaction is open from one checkpoint until the next is complete; then it must not be aborted yet. */
    private void refuseLonger(CheckpointSettings settings, Duration open, Fields fields) {
        if (settings.every().plus(settings.timeout()).compareTo(open) > 0) {
            problems.add(
                    fields.node(),
                    "every %s and timeout %s".formatted(text(settings.every()), text(settings.timeout())),
                    "together at most %s, after which Kafka aborts a transaction (transaction.timeout.ms)"
                            .formatted(text(open)));
        }
    }

    private static String text(Duration duration) {
        return DurationText.of(duration);
    }
}
