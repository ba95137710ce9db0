package dev.weft.workflow.read;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weft.config.Field;
import dev.weft.config.Fields;
import dev.weft.config.Mapping;
import dev.weft.config.Node;
import dev.weft.config.Problems;
import dev.weft.workflow.Definition;
import dev.weft.workflow.Definition.Mode;
import dev.weft.workflow.DefinitionId;
import dev.weft.workflow.Dialect;
import dev.weft.workflow.Metadata;
import dev.weft.workflow.Schedule;
import dev.weft.workflow.Shaping;
import dev.weft.workflow.Task;
import dev.weft.workflow.Timeout;
import dev.weft.workflow.jq.Literals;
import dev.weft.workflow.parts.DialectReading;
import dev.weft.workflow.parts.DocumentDigest;
import dev.weft.workflow.parts.Documents;
import dev.weft.workflow.parts.Identity;
import dev.weft.workflow.parts.Locals;
import dev.weft.workflow.parts.Reading;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads a document of the DSL 1.0.x. Used once. */
final class DslReading {

    private static final Pattern DSL = Pattern.compile("1\\.0\\.\\d{1,3}(-[0-9A-Za-z.-]+)?");

    private final Fields fields;
    private final Problems problems;
    private final Reading reading;
    private final Mode mode;

    private DslReading(Node root, Documents documents, Set<DefinitionId> known, Problems problems, Problems warnings) {
        this.fields = Fields.of(root, problems);
        this.problems = problems;
        this.mode = mode();
        this.reading = new Reading(mode, documents, known, problems, warnings);
    }

    static Optional<Definition> read(
            Node root, Documents documents, Set<DefinitionId> known, Problems problems, Problems warnings) {
        return new DslReading(root, documents, known, problems, warnings).read();
    }

    private Mode mode() {
        Optional<Fields> evaluate = fields.optional("evaluate").fields();
        evaluate.ifPresent(it -> it.optional("language").is("jq"));
        Optional<Mode> said = evaluate.flatMap(it -> it.optional("mode").oneOf(Mode.class));
        evaluate.ifPresent(Fields::close);
        return said.orElse(Mode.STRICT);
    }

    private Optional<Definition> read() {
        int before = problems.count();
        Optional<Fields> document = fields.required("document").fields();
        Optional<DefinitionId> id = document.flatMap(this::id);
        Optional<Fields> metadata =
                document.flatMap(it -> it.optional("metadata").fields());
        Metadata all = metadata.map(it ->
                        it.node() instanceof Mapping at ? new Metadata((ObjectNode) Literals.json(at)) : Metadata.NONE)
                .orElse(Metadata.NONE);
        document.ifPresent(Fields::close);
        Uses uses = new Uses(reading, fields.optional("use").fields());
        uses.readAll();
        Dialect dialect = metadata.map(new DialectReading(reading)::read).orElse(Dialect.NONE);
        Shapings shapings = new Shapings(reading);
        Shaping input = shapings.input(fields, Locals.WORKFLOW_INPUT);
        Shaping output = shapings.output(fields, Locals.WORKFLOW_OUTPUT);
        Optional<Timeout> timeout = uses.timeout(fields, Locals.WORKFLOW_INPUT);
        Optional<Schedule> schedule =
                fields.optional("schedule").fields().flatMap(it -> new ScheduleReading(reading).read(it, metadata));
        List<Task> body = uses.lists().sequence(fields.required("do"), "/do", Locals.NONE, true);
        uses.readUnused();
        fields.close();
        if (problems.count() > before || id.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Definition(
                id.get(),
                DocumentDigest.of(Literals.json(fields.node()), reading.resources()),
                Literals.json(fields.node()),
                reading.resources(),
                mode,
                input,
                output,
                body,
                timeout.orElse(null),
                schedule.orElse(null),
                uses.functions(),
                List.copyOf(reading.expressions().secrets()),
                dialect,
                all));
    }

    private Optional<DefinitionId> id(Fields document) {
        Optional<String> dsl = document.required("dsl")
                .parsed(
                        "a version of the DSL from 1.0.0 to 1.0.3",
                        text -> Optional.of(text).filter(it -> DSL.matcher(it).matches()));
        Optional<String> namespace = label(document.required("namespace"));
        Optional<String> name = label(document.required("name"));
        Optional<String> version = document.required("version")
                .parsed(Identity.VERSION_EXPECTED, text -> Optional.of(text).filter(Identity::isVersion));
        document.optional("title").text();
        document.optional("summary").text();
        document.optional("tags").fields();
        return dsl.flatMap(any ->
                namespace.flatMap(space -> name.flatMap(it -> version.map(v -> new DefinitionId(space, it, v)))));
    }

    private static Optional<String> label(Field field) {
        return field.parsed(Identity.LABEL_EXPECTED, text -> Optional.of(text).filter(Identity::isLabel));
    }
}
