package dev.weft.workflow.classic;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weft.config.Fields;
import dev.weft.config.Mapping;
import dev.weft.config.Node;
import dev.weft.config.Problems;
import dev.weft.config.Scalar;
import dev.weft.workflow.Definition;
import dev.weft.workflow.DefinitionId;
import dev.weft.workflow.Dialect;
import dev.weft.workflow.Metadata;
import dev.weft.workflow.Schedule;
import dev.weft.workflow.Schedule.CatchUp;
import dev.weft.workflow.Shaping;
import dev.weft.workflow.Span;
import dev.weft.workflow.Timeout;
import dev.weft.workflow.jq.JqException;
import dev.weft.workflow.jq.JsonSchema;
import dev.weft.workflow.jq.Literals;
import dev.weft.workflow.parts.DialectReading;
import dev.weft.workflow.parts.DocumentDigest;
import dev.weft.workflow.parts.Documents;
import dev.weft.workflow.parts.Identity;
import dev.weft.workflow.parts.Locals;
import dev.weft.workflow.parts.Reading;
import dev.weft.workflow.parts.Spans;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads documents of the Serverless Workflow specification 0.8. Differences from its text are listed in
 * {@code docs/workflow-documents.md}.
 */
public final class ClassicReader {

    private final Fields root;
    private final Problems problems;
    private final Reading reading;

    private ClassicReader(Node root, Reading reading) {
        this.root = Fields.of(root, reading.problems());
        this.problems = reading.problems();
        this.reading = reading;
    }

    /** Returns whether a document says that it is one of these. */
    public static boolean isClassic(Node root) {
        return root instanceof Mapping mapping
                && mapping.get("document") == null
                && (mapping.get("specVersion") != null || mapping.get("states") != null);
    }

    /** Returns by what a document will be known, as far as that can be told without reading all of it. */
    public static Optional<DefinitionId> id(Node root) {
        return root instanceof Mapping mapping && mapping.get("id") instanceof Scalar id
                ? Optional.of(new DefinitionId(
                        WorkflowRef.NAMESPACE,
                        id.text(),
                        mapping.get("version") instanceof Scalar version
                                ? WorkflowRef.semantic(version.text())
                                : WorkflowRef.UNSAID))
                : Optional.empty();
    }

    /** Reads a definition, unless there is a mistake in it. */
    public static Optional<Definition> read(
            Node root, Documents documents, Set<DefinitionId> known, Problems problems, Problems warnings) {
        Reading reading = new Reading(Definition.Mode.LOOSE, documents, known, problems, warnings);
        return new ClassicReader(root, reading).read();
    }

    private Optional<Definition> read() {
        int before = problems.count();
        Optional<DefinitionId> id = identity();
        Optional<Fields> said = root.optional("metadata").fields();
        Dialect dialect = said.map(new DialectReading(reading)::read).orElse(Dialect.NONE);
        CatchUp catchUp =
                said.flatMap(it -> it.optional("catchUp").oneOf(CatchUp.class)).orElse(CatchUp.SKIP);
        Metadata metadata = Metadatas.read(root);
        Named.part(root, "secrets", "names of secrets", reading)
                .ifPresent(at -> texts(at).forEach(name -> reading.expressions().allowSecret(name)));
        Optional<Fields> times =
                Named.part(root, "timeouts", "timeouts", reading).map(at -> Fields.of(at, problems));
        Library library = library(times);
        Starting starting = Starting.read(root, catchUp, problems);
        Optional<Fields> whole = times.flatMap(
                        it -> it.optional("workflowExecTimeout").node(Spans.EXPECTED))
                .filter(Mapping.class::isInstance)
                .map(at -> Fields.of(at, problems));
        Optional<Span> timeout = (whole.isPresent()
                        ? whole.map(it -> it.required("duration"))
                        : times.map(it -> it.optional("workflowExecTimeout")))
                .flatMap(library::span);
        whole.ifPresent(it -> it.optional("interrupt").flag());
        Optional<Scalar> runBefore = whole.flatMap(it -> Library.name(it.optional("runBefore")));
        whole.ifPresent(Fields::close);
        times.ifPresent(Fields::close);
        boolean keepActive = root.optional("keepActive").flag().orElse(false);
        List<Node> states = root.required("states").items("a state").orElse(List.of());
        Flow.Lowered flow = new Flow(library, states, keepActive).read(starting.state(), timeout, runBefore);
        Shaping input = input(flow.start() == null);
        root.close();
        refuseTwoSchedules(starting, flow);
        if (problems.count() > before || id.isEmpty()) {
            return Optional.empty();
        }
        Optional<Schedule> schedule = Optional.ofNullable(flow.start())
                .<Schedule>map(events -> new Schedule.On(events, dev.weft.workflow.Body.Read.ENVELOPE))
                .or(starting::schedule);
        JsonNode document = Literals.json(root.node());
        return Optional.of(new Definition(
                id.get(),
                DocumentDigest.of(document, reading.resources()),
                document,
                reading.resources(),
                Definition.Mode.LOOSE,
                input,
                Shaping.NONE,
                flow.tasks(),
                runBefore.isPresent() ? null : timeout.map(Timeout::new).orElse(null),
                schedule.orElse(null),
                Map.of(),
                List.copyOf(reading.expressions().secrets()),
                dialect,
                metadata));
    }

    private Optional<DefinitionId> identity() {
        root.required("specVersion")
                .parsed(
                        "0.8, in quotes, or document of the DSL 1.0",
                        text -> Optional.of(text).filter(it -> it.equals("0.8") || it.startsWith("0.8.")));
        Optional<String> id = root.required("id").parsed(WorkflowRef.ID_EXPECTED, WorkflowRef::id);
        Optional<String> version = root.optional("version")
                .parsed(
                        Identity.VERSION_EXPECTED + ", or 1.0 or 1",
                        text -> Optional.of(WorkflowRef.semantic(text)).filter(Identity::isVersion));
        List.of("key", "name", "description").forEach(key -> root.optional(key).text());
        root.optional("annotations").texts("text");
        root.optional("expressionLang").node("jq").ifPresent(at -> {
            if (!(at instanceof Scalar language && language.text().equals("jq"))) {
                problems.add(at, "the language " + at.described(), "jq: paths such as $.a.b are written .a.b there");
            }
        });
        return id.map(it -> new DefinitionId(WorkflowRef.NAMESPACE, it, version.orElse(WorkflowRef.UNSAID)));
    }

    private Library library(Optional<Fields> times) {
        String constants = Named.part(root, "constants", "a mapping", reading)
                .map(at -> Literals.json(at).toString())
                .orElse("{}");
        Texts texts = new Texts(reading, constants);
        Named functions = Named.read(root, "functions", "function", reading);
        functions.all().forEach(function -> define(function, texts));
        return new Library(
                reading,
                texts,
                functions,
                Named.read(root, "events", "event", reading),
                Named.read(root, "errors", "error", reading),
                Named.read(root, "retries", "retry", reading),
                Named.read(root, "auth", "auth", reading),
                root.optional("autoRetries").flag().orElse(false),
                times.map(it -> Library.Timeouts.read(it, Library.Timeouts.NONE, reading))
                        .orElse(Library.Timeouts.NONE));
    }

    private static void define(Fields function, Texts texts) {
        boolean isExpression = function.optional("type").text().equals(Optional.of("expression"));
        if (isExpression) {
            function.optional("name")
                    .text()
                    .ifPresent(name -> function.optional("operation")
                            .text()
                            .ifPresent(expression -> texts.define(name, expression)));
        }
    }

    private List<String> texts(Node at) {
        if (at instanceof dev.weft.config.Sequence sequence) {
            return sequence.items().stream()
                    .filter(Scalar.class::isInstance)
                    .map(item -> ((Scalar) item).text())
                    .toList();
        }
        problems.add(at, at.described(), "a list of names");
        return List.of();
    }

    /**
     * Reads what the input must be.
     *
     * @param isData whether it is the data of the first state, rather than events
     */
    private Shaping input(boolean isData) {
        Optional<JsonSchema> schema = root.optional("dataInputSchema")
                .node("the path of a schema beside this file")
                .flatMap(this::schema);
        return new Shaping(
                isData ? schema.orElse(null) : null,
                isData
                        ? reading.expressions()
                                .transformation(new Scalar(root.node().at(), "$", EMPTY, EMPTY), Locals.WORKFLOW_INPUT)
                                .orElse(null)
                        : null);
    }

    private static final String EMPTY = "if . == null then {} else . end";

    private Optional<JsonSchema> schema(Node at) {
        if (at instanceof Mapping) {
            Fields fields = Fields.of(at, problems);
            Optional<JsonSchema> schema =
                    fields.required("schema").node("a path").flatMap(this::schema);
            boolean fails = fields.required("failOnValidationErrors").flag().orElse(true);
            fields.close();
            return fails ? schema : Optional.empty();
        }
        if (!(at instanceof Scalar scalar && scalar.value() instanceof String path)) {
            problems.add(at, at.described(), "the path of a schema beside this file");
            return Optional.empty();
        }
        return reading.resource(at, path).flatMap(document -> {
            try {
                return Optional.of(JsonSchema.compile(document));
            } catch (JqException e) {
                problems.add(e.problem(at.at(), at.path()));
                return Optional.empty();
            }
        });
    }

    private void refuseTwoSchedules(Starting starting, Flow.Lowered flow) {
        if (flow.start() != null && starting.schedule().isPresent()) {
            problems.add(
                    root.keyAt("start"),
                    "$.start.schedule",
                    "a schedule beside a first state that waits for events",
                    "another first state, or no schedule");
        }
    }
}
