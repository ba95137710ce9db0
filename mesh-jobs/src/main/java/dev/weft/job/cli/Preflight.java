package dev.weft.job.cli;

import dev.weft.delivery.Target;
import dev.weft.event.EventFormat;
import dev.weft.job.ChannelConfig;
import dev.weft.job.JobConfig;
import dev.weft.route.TopicNames;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Whether a Kafka has what a job needs. What a running job would only tell by failing again and again is said before it
 * is started.
 *
 * @param missing channels whose topic does not exist, by topic
 * @param errors what would make the job fail
 * @param warnings what may make it fail one day
 */
record Preflight(Map<String, String> missing, List<String> errors, List<String> warnings) {

    /** A dead letter is the original record and a few attributes that say why. */
    static final long ROOM_FOR_REASONS = 64 << 10;

    private static final Duration KAFKA_ANSWERS = Duration.ofSeconds(10);

    /** What a broker takes unless it is told otherwise. */
    private static final long KAFKA_DEFAULT = 1_048_588;

    /**
     * Checks the Kafka the config names, and makes the topics that are missing if that is wanted.
     *
     * @param here whether the job will run in this process, so that a Kafka that cannot be reached from here is an
     *     error
     */
    static void check(Shell shell, JobConfig config, boolean create, boolean here)
            throws CommandFailure, InterruptedException {
        Properties client = KafkaPatience.client(config, shell, KAFKA_ANSWERS);
        Preflight preflight;
        try (KafkaTopics topics = KafkaTopics.at(client, config.kafka().bootstrap())) {
            preflight = of(config, existing(config, topics));
            if (create && !preflight.missing().isEmpty()) {
                make(shell, config, preflight.missing().keySet(), topics);
                preflight = of(config, existing(config, topics));
            }
            if (preflight.missing().isEmpty()) {
                warnIfRecordsExpire(shell, CompactedTopics.of(config), topics);
            }
        } catch (CommandFailure failure) {
            if (here || create) {
                throw failure;
            }
            shell.note("warning: the topics could not be checked from here: " + failure.text());
            return;
        }
        preflight.warnings().forEach(warning -> shell.note("warning: " + warning));
        preflight.throwIfFatal();
    }

    private static void warnIfRecordsExpire(Shell shell, CompactedTopics compacted, KafkaTopics topics)
            throws CommandFailure, InterruptedException {
        if (!compacted.names().isEmpty()) {
            compacted
                    .warnings(topics.cleanupPolicies(compacted.names()))
                    .forEach(warning -> shell.note("warning: " + warning));
        }
    }

    private void throwIfFatal() throws CommandFailure {
        List<String> all = new ArrayList<>(errors);
        if (!missing.isEmpty()) {
            String names = missing.entrySet().stream()
                    .map(each -> "%s (channel %s)".formatted(each.getKey(), each.getValue()))
                    .collect(Collectors.joining(", "));
            all.add("topics that do not exist: " + names + ". Make them, or add --create-topics");
        }
        if (!all.isEmpty()) {
            all.add("Nothing was started.");
            throw CommandFailure.failure(String.join(System.lineSeparator(), all));
        }
    }

    private static Map<String, Long> existing(JobConfig config, KafkaTopics topics)
            throws CommandFailure, InterruptedException {
        Set<String> names = topics.names();
        List<String> ours = names.stream()
                .filter(topic ->
                        used(config).anyMatch(channel -> channel.topics().covers(topic)))
                .toList();
        return topics.maxMessageBytes(ours);
    }

    /** Judges the topics a Kafka has, given the largest record batch each takes. */
    static Preflight of(JobConfig config, Map<String, Long> existing) {
        Map<String, String> missing = new LinkedHashMap<>();
        used(config)
                .filter(channel -> channel.topics() instanceof TopicNames.OneTopic)
                .filter(channel -> !existing.containsKey(channel.topic()))
                .forEach(channel -> missing.put(channel.topic(), channel.name()));
        List<String> errors = new ArrayList<>();
        List<String> warnings = new ArrayList<>();
        deadLetter(config, existing, errors, warnings);
        for (ChannelConfig target : filled(config)) {
            Long takes = existing.get(target.topic());
            if (takes != null) {
                target(config, target, takes, errors, warnings);
            }
        }
        config.sources().stream()
                .filter(source -> source.topics() instanceof TopicNames.TopicPattern)
                .filter(source -> existing.keySet().stream().noneMatch(source.topics()::covers))
                .forEach(source -> warnings.add("no topic matches %s (channel %s) yet: topics made later are found"
                        .formatted(source.topics(), source.name())));
        return new Preflight(missing, errors, warnings);
    }

    /** Returns the channels that get events: from routes, from targets that answer, and from the dead letter. */
    private static Set<ChannelConfig> filled(JobConfig config) {
        Set<ChannelConfig> filled = new LinkedHashSet<>(config.outputs());
        config.targets().stream()
                .map(Target::replyTo)
                .filter(Objects::nonNull)
                .map(config::channel)
                .forEach(filled::add);
        config.redrive().map(config::channel).ifPresent(filled::add);
        return filled;
    }

    private static void target(
            JobConfig config, ChannelConfig target, long takes, List<String> errors, List<String> warnings) {
        long largest = config.limits().maxEventBytes();
        long needed = needed(config, target);
        String pass = "spec.limits.maxEventBytes lets events of %d bytes pass".formatted(largest);
        if (takes < largest) {
            errors.add(tooSmall(target.topic(), takes, pass, needed));
        } else if (target.format() == EventFormat.STRUCTURED && takes < needed) {
            warnings.add(tooSmall(target.topic(), takes, pass + ", which may grow by a third as JSON", needed));
        }
    }

    /** In structured mode a payload that is not JSON is written in base64. */
    private static long needed(JobConfig config, ChannelConfig target) {
        long largest = config.limits().maxEventBytes();
        return (target.format() == EventFormat.STRUCTURED ? (largest + 2) / 3 * 4 : largest) + ROOM_FOR_REASONS;
    }

    private static void deadLetter(
            JobConfig config, Map<String, Long> existing, List<String> errors, List<String> warnings) {
        String topic = config.channel(config.deadLetter()).topic();
        Long takes = existing.get(topic);
        Map<String, Long> sources = new TreeMap<>(existing);
        sources.keySet()
                .removeIf(name -> config.sources().stream()
                        .noneMatch(source -> source.topics().covers(name)));
        if (takes == null || sources.isEmpty()) {
            return;
        }
        Map.Entry<String, Long> largest =
                sources.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow();
        String reason =
                "%s takes %d, and what cannot be read is kept whole".formatted(largest.getKey(), largest.getValue());
        String said = tooSmall(topic, takes, reason, largest.getValue() + ROOM_FOR_REASONS);
        if (takes < largest.getValue()) {
            errors.add("dead letter: " + said);
        } else if (takes < largest.getValue() + ROOM_FOR_REASONS) {
            warnings.add("dead letter: " + said);
        }
    }

    private static String tooSmall(String topic, long takes, String reason, long needed) {
        return "topic %s takes records of %d bytes, but %s. Set its max.message.bytes to %d or more"
                .formatted(topic, takes, reason, needed);
    }

    /**
     * Makes topics that would pass this check. The dead letter comes last: how large its records may become is known
     * when the topics that are read exist.
     */
    private static void make(Shell shell, JobConfig config, Set<String> missing, KafkaTopics topics)
            throws CommandFailure, InterruptedException {
        String deadLetter = config.channel(config.deadLetter()).topic();
        CompactedTopics compacted = CompactedTopics.of(config);
        for (String topic : missing) {
            if (!topic.equals(deadLetter)) {
                long needed = used(config)
                        .filter(channel -> channel.topics().covers(topic))
                        .mapToLong(channel -> needed(config, channel))
                        .max()
                        .orElse(0);
                Map<String, String> settings =
                        new HashMap<>(needed > KAFKA_DEFAULT + ROOM_FOR_REASONS ? takes(needed) : Map.of());
                settings.putAll(compacted.settings(topic));
                topics.create(topic, settings);
                shell.note("made topic " + topic);
            }
        }
        if (missing.contains(deadLetter)) {
            long largest = existing(config, topics).values().stream()
                    .mapToLong(Long::longValue)
                    .reduce(KAFKA_DEFAULT, Math::max);
            topics.create(deadLetter, takes(largest + ROOM_FOR_REASONS));
            shell.note("made topic " + deadLetter);
        }
    }

    private static Map<String, String> takes(long bytes) {
        return Map.of("max.message.bytes", Long.toString(bytes));
    }

    private static Stream<ChannelConfig> used(JobConfig config) {
        return Stream.concat(config.read().stream(), config.writable().stream()).distinct();
    }
}
