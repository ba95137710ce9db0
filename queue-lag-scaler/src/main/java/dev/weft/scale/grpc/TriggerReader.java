package dev.weft.scale.grpc;

import dev.weft.config.Checked;
import dev.weft.config.Field;
import dev.weft.config.Fields;
import dev.weft.config.KafkaNames;
import dev.weft.config.Location;
import dev.weft.config.Mapping;
import dev.weft.config.Nearest;
import dev.weft.config.Node;
import dev.weft.config.Problem;
import dev.weft.config.Problems;
import dev.weft.config.Scalar;
import dev.weft.scale.PolicySettings;
import dev.weft.scale.PolicySettings.Consumer;
import dev.weft.scale.control.Trigger;
import dev.weft.scale.control.Trigger.ScaledObjectKey;
import dev.weft.scale.lag.JobRef;
import dev.weft.scale.lag.QueueRef;
import dev.weft.scale.lag.StartPolicy;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Reads the metadata of a trigger: the whole {@link Trigger}, or every mistake at once. Values are texts, as Kubernetes
 * has them. Keys of KEDA's own are passed over; a key that ends in {@code FromEnv}, which KEDA fills in from a variable
 * of the container it scales, is the key without that.
 */
public final class TriggerReader {

    private static final String FROM_ENV = "FromEnv";
    private static final String PATH = "metadata";

    /** What KEDA itself reads of an external scaler's metadata. It sends all of it on. */
    private static final Set<String> OF_KEDA =
            Set.of("scalerAddress", "unsafeSsl", "enableTLS", "caCert", "tlsCertFile", "tlsClientCert", "tlsClientKey");

    private static final Pattern RANGE = Pattern.compile("(\\d{1,6})(?:-(\\d{1,6}))?");
    private static final int MOST_PARTITIONS = 100_000;
    private static final int MOST_REPLICAS = 10_000;
    private static final int MOST_SLOTS = 1_000;

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration DAY = Duration.ofDays(1);
    private static final String TIMESTAMP = "timestamp:";

    private final SortedSet<String> kafkaClusters;
    private final SortedSet<String> flinkClusters;

    /** How the size of a consumer is changed, as the metadata calls it. */
    private enum Scaling {
        ADAPTIVE(Consumer.FLINK_ADAPTIVE),
        REACTIVE(Consumer.FLINK_REACTIVE),
        OPERATOR(Consumer.FLINK_OPERATOR),
        GROUP(Consumer.GROUP);

        private final Consumer consumer;

        Scaling(Consumer consumer) {
            this.consumer = consumer;
        }
    }

    /**
     * Creates a reader.
     *
     * @param kafkaClusters names that {@code kafkaCluster} may have
     * @param flinkClusters names that {@code flinkCluster} may have
     */
    public TriggerReader(Set<String> kafkaClusters, Set<String> flinkClusters) {
        this.kafkaClusters = new TreeSet<>(kafkaClusters);
        this.flinkClusters = new TreeSet<>(flinkClusters);
    }

    /** Reads the metadata of a ScaledObject's trigger. */
    public Checked<Trigger> read(ScaledObjectKey scaledObject, Map<String, String> metadata) {
        Problems problems = new Problems();
        Fields fields = Fields.of(mapping(scaledObject, metadata, problems), problems);
        Optional<String> cluster = cluster(fields, "kafkaCluster", "Kafka cluster", kafkaClusters, problems);
        Optional<String> group = fields.required("consumerGroup").text();
        Optional<SortedSet<String>> topics =
                fields.required("topics").parsed("names of topics, with commas between them", TriggerReader::topics);
        Optional<Set<Integer>> partitions = fields.optional("partitions")
                .parsed("numbers of partitions, such as 0,1,10-20", TriggerReader::partitions);
        Consumer consumer = consumer(fields);
        Optional<JobRef> job = job(fields, consumer, problems);
        Optional<StartPolicy> start = start(fields.optional("offsetResetPolicy"), problems);
        PolicySettings policy = policy(fields, consumer, problems);
        fields.close();
        return Checked.of(
                problems,
                () -> new Trigger(
                        scaledObject,
                        new QueueRef(
                                cluster.orElseThrow(),
                                group.orElseThrow(),
                                topics.orElseThrow(),
                                partitions.orElse(Set.of())),
                        start.orElse(new StartPolicy.Earliest()),
                        job,
                        policy));
    }

    /** Returns mistakes on one line, for whoever reads KEDA's log. */
    static String described(ScaledObjectKey scaledObject, List<Problem> problems) {
        StringBuilder text = new StringBuilder("trigger of ScaledObject " + scaledObject + ": ");
        for (Problem problem : problems) {
            String message = problem.message();
            String place = problem.at() + ": ";
            text.append(message, place.length(), message.length()).append("; ");
        }
        return text.substring(0, text.length() - 2);
    }

    private static Mapping mapping(ScaledObjectKey scaledObject, Map<String, String> metadata, Problems problems) {
        Location at = new Location(scaledObject.toString(), 1, 1);
        Map<String, Node> members = new LinkedHashMap<>();
        new TreeMap<>(metadata).forEach((key, value) -> {
            boolean fromEnv = key.endsWith(FROM_ENV);
            String name = fromEnv ? key.substring(0, key.length() - FROM_ENV.length()) : key;
            String path = Mapping.memberPath(PATH, key);
            if (fromEnv && metadata.containsKey(name)) {
                problems.add(at, path, "the key " + name + " beside it", "one of the two");
            } else if (!OF_KEDA.contains(name)) {
                members.put(name, new Scalar(at, path, value, value));
            }
        });
        return new Mapping(at, PATH, members, Map.of());
    }

    private Consumer consumer(Fields fields) {
        Optional<Scaling> scaling = fields.optional("scaling").oneOf(Scaling.class);
        boolean flink = fields.has("flinkCluster") || fields.has("job");
        return scaling.map(chosen -> chosen.consumer).orElse(flink ? Consumer.FLINK_ADAPTIVE : Consumer.GROUP);
    }

    private Optional<JobRef> job(Fields fields, Consumer consumer, Problems problems) {
        if (consumer == Consumer.GROUP) {
            for (String key : List.of("flinkCluster", "job")) {
                fields.optional(key)
                        .node("nothing")
                        .ifPresent(node -> problems.add(
                                node, node.described(), "nothing where scaling is group: there is no job"));
            }
            return Optional.empty();
        }
        Optional<String> cluster = cluster(fields, "flinkCluster", "Flink cluster", flinkClusters, problems);
        Optional<String> job = fields.optional("job").text();
        return cluster.map(name -> new JobRef(name, job.orElse("")));
    }

    /** A cluster by its name in the scaler's configuration; it need not be named if there is only one. */
    private static Optional<String> cluster(
            Fields fields, String key, String what, SortedSet<String> known, Problems problems) {
        if (known.size() == 1 && !fields.has(key)) {
            var unused = fields.optional(key); // so that it is a known key
            return Optional.of(known.first());
        }
        String expected = known.isEmpty() ? "a " + what + " in the scaler's configuration" : Nearest.list(known);
        return fields.required(key).node(expected).flatMap(node -> {
            String name = ((Scalar) node).text();
            if (known.contains(name)) {
                return Optional.of(name);
            }
            problems.addUnknown(node, what, name, known);
            return Optional.empty();
        });
    }

    private static Optional<StartPolicy> start(Field field, Problems problems) {
        String expected = "earliest, latest or timestamp: with a time such as timestamp:2026-01-31T08:00:00Z";
        return field.node(expected).flatMap(node -> {
            String text = ((Scalar) node).text();
            Optional<StartPolicy> policy = start(text);
            if (policy.isEmpty()) {
                problems.add(new Problem(
                        node.at(),
                        node.path(),
                        node.described(),
                        expected,
                        Nearest.to(text, List.of("earliest", "latest"))));
            }
            return policy;
        });
    }

    private static Optional<StartPolicy> start(String text) {
        if (text.equals("earliest")) {
            return Optional.of(new StartPolicy.Earliest());
        }
        if (text.equals("latest")) {
            return Optional.of(new StartPolicy.Latest());
        }
        if (!text.startsWith(TIMESTAMP)) {
            return Optional.empty();
        }
        try {
            return Optional.of(new StartPolicy.From(Instant.parse(text.substring(TIMESTAMP.length()))));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private static PolicySettings policy(Fields fields, Consumer consumer, Problems problems) {
        boolean group = consumer == Consumer.GROUP;
        boolean operator = consumer == Consumer.FLINK_OPERATOR;
        int least = integer(fields.optional("minReplicas"), 1, MOST_REPLICAS).orElse(1);
        Optional<Integer> most = integer(fields.optional("maxReplicas"), 1, MOST_REPLICAS);
        if (most.isPresent() && most.get() < least) {
            problems.add(
                    fields.node().at(),
                    fields.path("maxReplicas"),
                    "\"" + most.get() + "\"",
                    "at least minReplicas, which is " + least);
        }
        Optional<Boolean> toZero = fields.optional("scaleToZero")
                .parsed(
                        operator ? "false: a FlinkDeployment has one TaskManager at least" : "true or false",
                        text -> flag(text).filter(zero -> !(operator && zero)));
        return new PolicySettings(
                consumer,
                fields.optional("slo").duration(SECOND, DAY).orElse(Duration.ofSeconds(60)),
                fields.optional("utilisation")
                        .parsed("a number above 0 and at most 1", number(value -> value > 0 && value <= 1))
                        .orElse(0.8),
                least,
                most.orElse(Math.max(least, 100)),
                integer(fields.optional("slots"), 1, MOST_SLOTS).orElse(1),
                fields.optional("capacityPerSubtask")
                        .parsed("records per second, a number of at least 0", number(value -> value >= 0))
                        .orElse(0.0),
                fields.optional("idleAfter")
                        .duration(SECOND, DAY.multipliedBy(7))
                        .orElse(Duration.ofMinutes(2)),
                toZero.orElse(group),
                fields.optional("downWindow").duration(Duration.ZERO, DAY).orElse(Duration.ofMinutes(3)),
                fields.optional("benefitHorizon").duration(SECOND, DAY).orElse(Duration.ofMinutes(10)),
                fields.optional("steadyFor").duration(Duration.ZERO, DAY).orElse(Duration.ofMinutes(1)),
                fields.optional("pollInterval")
                        .duration(SECOND, Duration.ofMinutes(5))
                        .orElse(Duration.ofSeconds(5)));
    }

    private static Optional<SortedSet<String>> topics(String text) {
        SortedSet<String> topics = new TreeSet<>();
        for (String part : text.split(",", -1)) {
            Optional<String> topic = KafkaNames.topic(part.strip());
            if (topic.isEmpty()) {
                return Optional.empty();
            }
            topics.add(topic.get());
        }
        return Optional.of(topics);
    }

    private static Optional<Set<Integer>> partitions(String text) {
        Set<Integer> partitions = new TreeSet<>();
        int listed = 0;
        for (String part : text.split(",", -1)) {
            var range = RANGE.matcher(part.strip());
            if (!range.matches()) {
                return Optional.empty();
            }
            int first = Integer.parseInt(range.group(1));
            int last = range.group(2) == null ? first : Integer.parseInt(range.group(2));
            listed += last - first + 1;
            if (last < first || last >= MOST_PARTITIONS || listed > MOST_PARTITIONS) {
                return Optional.empty(); // whoever can call may list the same ones over and over
            }
            for (int partition = first; partition <= last; partition++) {
                partitions.add(partition);
            }
        }
        return Optional.of(partitions);
    }

    private static Optional<Boolean> flag(String text) {
        return text.equals("true") || text.equals("false") ? Optional.of(text.equals("true")) : Optional.empty();
    }

    private static Optional<Integer> integer(Field field, int least, int most) {
        return field.parsed(
                "a whole number from " + least + " to " + most,
                text -> text.matches("\\d{1,9}")
                        ? Optional.of(Integer.parseInt(text)).filter(number -> number >= least && number <= most)
                        : Optional.empty());
    }

    private static Function<String, Optional<Double>> number(Predicate<Double> holds) {
        return text -> {
            if (text.length() > 20) {
                return Optional.empty();
            }
            try {
                return Optional.of(new BigDecimal(text).doubleValue()).filter(holds);
            } catch (NumberFormatException e) {
                return Optional.empty();
            }
        };
    }
}
