package dev.weft.job.rules;

import dev.weft.cep.Pattern;
import dev.weft.config.DurationText;
import dev.weft.delivery.Target;
import dev.weft.job.ChannelConfig;
import dev.weft.job.Dedup;
import dev.weft.job.Functions;
import dev.weft.job.Ingress;
import dev.weft.job.JobConfig;
import dev.weft.job.KafkaSettings;
import dev.weft.route.Route;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a job config that cannot change while the job runs: sources, sink and guarantee are built when it is
 * started. Only routes and patterns can, between the channels the job has; functions and what leads to them and from
 * them cannot.
 */
public final class FixedParts {

    private final List<String> differences = new ArrayList<>();

    private FixedParts() {}

    /**
     * Returns one line for each part in which a config differs from that of the running job; none if the job can take
     * its routes as it runs.
     */
    public static List<String> differences(JobConfig running, JobConfig proposed) {
        FixedParts parts = new FixedParts();
        parts.compare("metadata.name", running.name(), proposed.name());
        parts.kafka(running.kafka(), proposed.kafka());
        parts.compare("spec.guarantee", constant(running.guarantee()), constant(proposed.guarantee()));
        parts.compare(
                "spec.checkpoint.every",
                DurationText.of(running.checkpoint().every()),
                DurationText.of(proposed.checkpoint().every()));
        parts.compare(
                "spec.checkpoint.timeout",
                DurationText.of(running.checkpoint().timeout()),
                DurationText.of(proposed.checkpoint().timeout()));
        parts.compare("spec.parallelism", subtasks(running.parallelism()), subtasks(proposed.parallelism()));
        parts.compare(
                "spec.limits.maxEventBytes",
                running.limits().maxEventBytes() + "B",
                proposed.limits().maxEventBytes() + "B");
        parts.compare(
                "spec.limits.maxHops",
                Integer.toString(running.limits().maxHops()),
                Integer.toString(proposed.limits().maxHops()));
        parts.compare(
                "spec.limits.patternMemory",
                running.limits().patternMemoryBytes() + "B",
                proposed.limits().patternMemoryBytes() + "B");
        parts.compare(
                "spec.limits.functionMemory",
                running.limits().functionMemoryBytes() + "B",
                proposed.limits().functionMemoryBytes() + "B");
        parts.compare(
                "spec.limits.functionBacklog",
                running.limits().functionBacklogBytes() + "B",
                proposed.limits().functionBacklogBytes() + "B");
        parts.compare("spec.deadLetter", running.deadLetter(), proposed.deadLetter());
        parts.compare(
                "spec.control",
                running.control().orElse("none"),
                proposed.control().orElse("none"));
        parts.compare(
                "spec.redrive",
                running.redrive().orElse("none"),
                proposed.redrive().orElse("none"));
        parts.channels(running, proposed);
        if (!running.network().equals(proposed.network())) {
            parts.differences.add("spec.network: found another than the running job has");
        }
        parts.targets(running, proposed);
        parts.sources(running, proposed);
        parts.memories(running, proposed);
        parts.functions(running.functions(), proposed.functions());
        return List.copyOf(parts.differences);
    }

    private void kafka(KafkaSettings running, KafkaSettings proposed) {
        compare("spec.kafka.bootstrapServers", running.bootstrap(), proposed.bootstrap());
        compare("spec.kafka.groupId", running.groupId(), proposed.groupId());
        compare("spec.kafka.startFrom", constant(running.startFrom()), constant(proposed.startFrom()));
        compare(
                "spec.kafka.discoverEvery",
                DurationText.of(running.discoverEvery()),
                DurationText.of(proposed.discoverEvery()));
        if (!running.properties().equals(proposed.properties())) {
            // Which ones is not said: a value may be a password someone wrote in the clear.
            differences.add("spec.kafka.properties: found others than the running job has");
        }
    }

    private void channels(JobConfig running, JobConfig proposed) {
        for (ChannelConfig channel : running.channels()) {
            proposed.channels().stream()
                    .filter(other -> other.name().equals(channel.name()))
                    .findFirst()
                    .ifPresentOrElse(
                            other -> {
                                if (!describe(other).equals(describe(channel))) {
                                    compare("spec.channels." + channel.name(), describe(channel), describe(other));
                                }
                            },
                            () -> differences.add("spec.channels." + channel.name()
                                    + ": found no such channel, but the running job has it"));
        }
        for (ChannelConfig channel : proposed.channels()) {
            if (running.channels().stream().noneMatch(other -> other.name().equals(channel.name()))) {
                differences.add(
                        "spec.channels." + channel.name() + ": found a channel that the running job does not have");
            }
        }
    }

    private void targets(JobConfig running, JobConfig proposed) {
        for (Target target : running.targets()) {
            String path = "spec.targets." + target.name();
            proposed.targets().stream()
                    .filter(other -> other.name().equals(target.name()))
                    .findFirst()
                    .ifPresentOrElse(
                            other -> {
                                if (!other.equals(target)) {
                                    differences.add(path + ": found another than the running job has");
                                }
                            },
                            () -> differences.add(path + ": found no such target, but the running job has it"));
        }
        for (Target target : proposed.targets()) {
            if (running.targets().stream().noneMatch(other -> other.name().equals(target.name()))) {
                differences.add(
                        "spec.targets." + target.name() + ": found a target that the running job does not have");
            }
        }
    }

    private void sources(JobConfig running, JobConfig proposed) {
        for (Route route : proposed.routes()) {
            sources("spec.routes, route " + route.name(), route.from(), running);
        }
        for (Pattern pattern : proposed.patterns()) {
            sources("spec.patterns, pattern " + pattern.id(), pattern.from(), running);
        }
        if (running.patterns().isEmpty() && !proposed.patterns().isEmpty()) {
            differences.add("spec.patterns: found patterns, but the running job was started without any");
        }
    }

    private void sources(String part, List<String> channels, JobConfig running) {
        for (String channel : channels) {
            boolean known =
                    running.channels().stream().anyMatch(other -> other.name().equals(channel));
            boolean read =
                    running.sources().stream().anyMatch(other -> other.name().equals(channel));
            if (known && !read) {
                differences.add(
                        "%s: found from %s, a channel that the running job does not read".formatted(part, channel));
            }
        }
    }

    private void functions(Functions running, Functions proposed) {
        if (!running.providers().equals(proposed.providers())) {
            differences.add("spec.functions: found others than the running job has");
        }
        Map<String, Ingress> before = byName(running);
        Map<String, Ingress> after = byName(proposed);
        Set<String> names = new LinkedHashSet<>(before.keySet());
        names.addAll(after.keySet());
        for (String name : names) {
            if (!after.containsKey(name)) {
                differences.add("spec.ingress, ingress " + name + ": found none, but the running job has it");
            } else if (!after.get(name).equals(before.get(name))) {
                String found = before.containsKey(name)
                        ? "found another than the running job has"
                        : "found an ingress that the running job does not have";
                differences.add("spec.ingress, ingress " + name + ": " + found);
            }
        }
        if (!running.egress().equals(proposed.egress())) {
            differences.add("spec.egress: found another than the running job has");
        }
    }

    private static Map<String, Ingress> byName(Functions functions) {
        return functions.ingress().stream()
                .collect(Collectors.toMap(Ingress::name, Function.identity(), (one, other) -> one, LinkedHashMap::new));
    }

    private void memories(JobConfig running, JobConfig proposed) {
        if (proposed.remembering() > running.memories()) {
            differences.add(
                    "spec.routes: found a route with %d steps that remember, but the running job has room for %d"
                            .formatted(proposed.remembering(), running.memories()));
        }
    }

    private void compare(String path, String running, String proposed) {
        if (!running.equals(proposed)) {
            differences.add(path + ": found " + proposed + ", but the running job has " + running);
        }
    }

    private static String describe(ChannelConfig channel) {
        return "%s, %s, event time from %s, %s late, idle after %s%s"
                .formatted(
                        channel.topics(),
                        constant(channel.format()),
                        constant(channel.eventTime().from()),
                        DurationText.of(channel.eventTime().outOfOrderness()),
                        DurationText.of(channel.eventTime().idleAfter()),
                        describe(channel.dedup()));
    }

    private static String describe(@Nullable Dedup dedup) {
        return dedup == null ? "" : ", dedup for " + DurationText.of(dedup.ttl());
    }

    private static String subtasks(OptionalInt parallelism) {
        return parallelism.isPresent() ? Integer.toString(parallelism.getAsInt()) : "none";
    }

    private static String constant(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
