package dev.weft.job;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weft.config.Field;
import dev.weft.config.Fields;
import dev.weft.config.Node;
import dev.weft.config.Problems;
import dev.weft.config.Scalar;
import dev.weft.config.SecretText;
import dev.weft.http.SecretFields;
import dev.weft.workflow.Definition;
import dev.weft.workflow.engine.LifecycleLevel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Reads {@code spec.workflows}: which definitions there are, and which channels they and their instances use. */
final class WorkflowsSection {

    private static final String CHANNEL = "the name of a channel";

    private static final Duration RETAIN = Duration.ofDays(1);
    private static final Duration LONGEST_RETAINED = Duration.ofDays(366);
    private static final Duration EARLY_EVENTS = Duration.ofMinutes(5);
    private static final Duration LONGEST_EARLY = Duration.ofDays(7);
    private static final int SHARDS = 8;
    private static final int MOST_SHARDS = 1024;
    private static final int MOST_CALLS = 10_000;
    private static final Duration SHORTEST_TIMEOUT = Duration.ofMillis(1);
    private static final Duration LONGEST_TIMEOUT = Duration.ofHours(1);
    private static final long MOST_RESPONSE_BYTES = 64_000_000;

    private final Channels channels;
    private final Optional<String> deadLetter;
    private final WorkflowFiles files;
    private final Problems problems;

    /** What the channels that are for one thing alone are for, with where they stand. */
    private final Map<String, Node> own = new LinkedHashMap<>();

    private final List<Scalar> written = new ArrayList<>();
    private List<Node> items = List.of();

    WorkflowsSection(Channels channels, Optional<String> deadLetter, WorkflowFiles files, Problems problems) {
        this.channels = channels;
        this.deadLetter = deadLetter;
        this.files = files;
        this.problems = problems;
    }

    /** Reads it all; nothing if there was a problem. */
    Optional<Workflows> read(Fields fields) {
        int before = problems.count();
        items = fields.required("definitions").items("one definition").orElse(List.of());
        files.learn(items);
        Optional<String> commands = commands(fields.optional("commands"));
        Optional<String> instances = own(fields.optional("instances"), "rows of instances");
        Optional<String> lifecycle = own(fields.optional("lifecycle"), "what happens to instances");
        Optional<Duration> retain = fields.optional("retain").duration(Duration.ofSeconds(1), LONGEST_RETAINED);
        Optional<Duration> early = fields.optional("earlyEvents").duration(Duration.ZERO, LONGEST_EARLY);
        Optional<Integer> shards = fields.optional("shards").integer(1, MOST_SHARDS);
        Optional<WorkflowCalls> calls = fields.optional("calls").fields().map(this::calls);
        Map<String, SecretText> secrets =
                fields.optional("secrets").fields().map(this::secrets).orElse(Map.of());
        List<WorkflowFile> definitions = new ArrayList<>();
        for (Node item : items) {
            definition(Fields.of(item, problems), fields.has("lifecycle"), secrets.keySet())
                    .ifPresent(definitions::add);
        }
        fields.close();
        return problems.count() > before
                ? Optional.empty()
                : Optional.of(new Workflows(
                        definitions,
                        commands.orElse(null),
                        instances.orElse(null),
                        lifecycle.orElse(null),
                        retain.orElse(RETAIN),
                        early.orElse(EARLY_EVENTS),
                        shards.orElse(SHARDS),
                        calls.orElse(WorkflowCalls.USUAL),
                        secrets));
    }

    private WorkflowCalls calls(Fields fields) {
        WorkflowCalls usual = WorkflowCalls.USUAL;
        Optional<Integer> concurrency = fields.optional("concurrency").integer(1, MOST_CALLS);
        Optional<Duration> timeout = fields.optional("timeout").duration(SHORTEST_TIMEOUT, LONGEST_TIMEOUT);
        Optional<Integer> bytes =
                fields.optional("maxResponseBytes").size(1, MOST_RESPONSE_BYTES).map(Long::intValue);
        fields.close();
        return new WorkflowCalls(
                concurrency.orElse(usual.concurrency()),
                timeout.orElse(usual.timeout()),
                bytes.orElse(usual.maxResponseBytes()));
    }

    private Map<String, SecretText> secrets(Fields fields) {
        SecretFields reader = new SecretFields(problems);
        Map<String, SecretText> secrets = new LinkedHashMap<>();
        for (Map.Entry<String, Node> member : fields.members()) {
            reader.read(member.getValue(), true).ifPresent(secret -> secrets.put(member.getKey(), secret));
        }
        return secrets;
    }

    /** Commands are read, and come from whoever has the right to write there. */
    private Optional<String> commands(Field field) {
        return field.node(CHANNEL).flatMap(at -> {
            Optional<String> name = channels.target(at, problems);
            if (name.isPresent() && at instanceof Scalar scalar) {
                channels.refuseDeadLetter(scalar, deadLetter, problems);
                own.put("commands", at);
            }
            return name;
        });
    }

    private Optional<String> own(Field field, String purpose) {
        return field.node(CHANNEL).flatMap(at -> {
            Optional<String> name = writable(at);
            if (name.isEmpty()) {
                return name;
            }
            for (Map.Entry<String, Node> other : own.entrySet()) {
                if (other.getValue() instanceof Scalar there && there.text().equals(name.get())) {
                    problems.add(at, at.described() + ", which is for " + other.getKey(), "a channel of its own");
                    return Optional.empty();
                }
            }
            own.put(purpose, at);
            return name;
        });
    }

    private Optional<String> writable(Node at) {
        Optional<String> name = channels.target(at, problems);
        if (name.isPresent() && name.equals(deadLetter)) {
            problems.add(at, "the dead letter channel " + at.described(), "another channel");
            return Optional.empty();
        }
        if (name.isPresent() && at instanceof Scalar scalar) {
            written.add(scalar);
        }
        return name;
    }

    private Optional<WorkflowFile> definition(Fields fields, boolean isToldOf, Set<String> secrets) {
        int before = problems.count();
        Optional<Node> file = fields.required("file").node(WorkflowFiles.PATH);
        List<String> from = fields.optional("from").texts("one channel's name").orElse(List.of()).stream()
                .filter(this::isReadable)
                .map(Scalar::text)
                .toList();
        Optional<String> to = fields.optional("to").node(CHANNEL).flatMap(this::emitsTo);
        LifecycleLevel lifecycle =
                fields.optional("lifecycle").oneOf(LifecycleLevel.class).orElse(LifecycleLevel.NONE);
        WorkflowFile.Mode mode =
                fields.optional("mode").oneOf(WorkflowFile.Mode.class).orElse(WorkflowFile.Mode.FAST);
        fields.close();
        if (lifecycle != LifecycleLevel.NONE && !isToldOf) {
            problems.add(
                    fields.keyAt("lifecycle"),
                    fields.path("lifecycle"),
                    "a definition that tells what happens",
                    "spec.workflows.lifecycle as well: the channel that is told");
        }
        Optional<Definition> read = file.flatMap(files::read);
        read.ifPresent(definition -> check(definition, fields, from, to, secrets));
        return problems.count() > before
                ? Optional.empty()
                : read.map(definition -> new WorkflowFile(
                        ((Scalar) file.orElseThrow()).text(),
                        definition.id(),
                        definition.digest(),
                        definition.document().toString(),
                        texts(definition.resources()),
                        from,
                        to.orElse(null),
                        lifecycle,
                        mode));
    }

    private void check(
            Definition definition, Fields fields, List<String> from, Optional<String> to, Set<String> secrets) {
        WorkflowTasks tasks = WorkflowTasks.of(definition);
        if (tasks.emits() && !fields.has("to")) {
            problems.add(fields.node().at(), fields.path("to"), "nothing", "the channel of what the workflow emits");
        }
        if (tasks.waitsForEvents() && !fields.has("from")) {
            String expected = "the channels whose events the workflow waits for";
            problems.add(fields.node().at(), fields.path("from"), "nothing", expected);
        }
        to.flatMap(channels::topics)
                .ifPresent(topics -> tasks.topicsOfEvents().stream()
                        .filter(topic -> !topics.covers(topic))
                        .forEach(topic -> problems.add(
                                fields.keyAt("to"),
                                fields.path("to"),
                                "the channel \"" + to.get() + "\" of the topic " + topics,
                                "a channel of the topic \"" + topic + "\", to which the workflow publishes")));
        if (!from.isEmpty()
                && from.stream().allMatch(name -> channels.topics(name).isPresent())) {
            tasks.topicsWaitedFor().stream()
                    .filter(topic -> from.stream()
                            .noneMatch(name -> channels.topics(name)
                                    .filter(it -> it.covers(topic))
                                    .isPresent()))
                    .forEach(topic -> problems.add(
                            fields.keyAt("from"),
                            fields.path("from"),
                            "the channels " + from,
                            "one of the topic \"" + topic + "\" among them, to which the workflow subscribes"));
        }
        for (String secret : definition.secrets()) {
            if (!secrets.contains(secret)) {
                problems.add(
                        fields.keyAt("file"),
                        fields.path("file"),
                        "a workflow that uses the secret \"" + secret + "\"",
                        "a member of spec.workflows.secrets of that name, which says where it is");
            }
        }
    }

    private static Map<String, String> texts(Map<String, JsonNode> resources) {
        Map<String, String> texts = new TreeMap<>();
        resources.forEach((name, json) -> texts.put(name, json.toString()));
        return texts;
    }

    private boolean isReadable(Scalar at) {
        channels.refuseDeadLetter(at, deadLetter, problems);
        return channels.named(at, problems).isPresent();
    }

    private Optional<String> emitsTo(Node at) {
        Optional<String> name = writable(at);
        own.forEach((purpose, other) -> {
            if (name.isPresent()
                    && other instanceof Scalar there
                    && there.text().equals(name.get())) {
                problems.add(at, at.described() + ", which is for " + purpose, "a channel for events of workflows");
            }
        });
        return name;
    }

    /** Returns the definitions as they stand, with the channels each names. */
    List<Node> items() {
        return items;
    }

    /** Returns where the channels stand that are written. */
    List<Scalar> written() {
        return written;
    }
}
