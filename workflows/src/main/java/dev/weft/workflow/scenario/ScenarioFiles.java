package dev.weft.workflow.scenario;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.weft.config.Checked;
import dev.weft.config.Fields;
import dev.weft.config.Mapping;
import dev.weft.config.Node;
import dev.weft.config.Problems;
import dev.weft.config.Scalar;
import dev.weft.config.Sequence;
import dev.weft.config.Substitution;
import dev.weft.config.YamlReader;
import dev.weft.workflow.Definition;
import dev.weft.workflow.engine.LifecycleLevel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads files of scenarios; {@code docs/workflow-scenarios.md} shows the form.
 *
 * <pre>{@code
 * workflow: order.yaml
 * scenarios:
 *   - name: an order that is paid is shipped
 *     given:
 *       input: { order: 7 }
 *       calls:
 *         - { method: POST, uri: "https://bank.example.com/*", answers: [{ status: 200, body: { paid: true } }] }
 *     when:
 *       - event: { type: shop.packed, data: { order: 7 } }
 *     then:
 *       status: completed
 *       output: { shipped: true }
 * }</pre>
 */
public final class ScenarioFiles {

    /** 2026-01-01T00:00:00Z, in milliseconds since 1970. */
    private static final long USUAL_TIME = 1_767_225_600_000L;

    private final Problems problems;
    private final WorkflowReading workflows;

    private ScenarioFiles(WorkflowReading workflows, Problems problems) {
        this.problems = problems;
        this.workflows = workflows;
    }

    /**
     * Reads the scenarios of a file, or tells what is wrong with it, or with the workflows that it names.
     *
     * @param file beside which workflows are
     * @param shown the name that problems give
     */
    public static Checked<ScenarioFile> read(Path file, String shown, String text) {
        Problems problems = new Problems();
        ScenarioFiles reading = new ScenarioFiles(new WorkflowReading(file, shown, problems), problems);
        List<Scenario> scenarios = YamlReader.read(shown, text, Substitution.none(), problems)
                .map(reading::scenarios)
                .orElse(List.of());
        return Checked.of(problems, () -> new ScenarioFile(shown, scenarios));
    }

    private List<Scenario> scenarios(Node root) {
        Fields fields = Fields.of(root, problems);
        Optional<Node> workflow = fields.optional("workflow").node("a workflow");
        List<Node> items = fields.required("scenarios").items("a scenario").orElse(List.of());
        fields.close();
        List<Scenario> scenarios = new ArrayList<>();
        Set<String> names = new HashSet<>();
        boolean needed = items.stream().anyMatch(it -> !(it instanceof Mapping own) || own.get("workflow") == null);
        List<Definition> common = workflow.filter(it -> needed)
                .map(it -> workflows.readAll(List.of(it)))
                .orElse(List.of());
        for (Node item : items) {
            scenario(item, common, workflow).ifPresent(scenario -> {
                scenarios.add(scenario);
                if (!names.add(scenario.name())) {
                    problems.add(item, "the name \"" + scenario.name() + "\" a second time", "each name once");
                }
            });
        }
        return scenarios;
    }

    private Optional<Scenario> scenario(Node node, List<Definition> common, Optional<Node> workflow) {
        int before = problems.count();
        Fields fields = Fields.of(node, problems);
        String name = fields.required("name").text().orElse("");
        List<Definition> known = fields.optional("workflow")
                .node("a workflow")
                .map(own -> workflows.readAll(List.of(own)))
                .orElse(common);
        if (!fields.has("workflow") && workflow.isEmpty()) {
            problems.add(node, "a scenario without a workflow", "workflow, here or for all scenarios of the file");
        }
        Fields given = fields.optional("given").fields().orElse(null);
        Optional<Node> input =
                given == null ? Optional.empty() : given.optional("input").node("any JSON");
        Scenario.Given start = given(given, known);
        Optional<Node> when = fields.optional("when").node("a list of what happens");
        Optional<Node> then = fields.required("then").node("what is to be seen");
        fields.close();
        if (known.isEmpty()) {
            return Optional.empty();
        }
        MoveReading reading = new MoveReading(workflows, known, problems);
        List<Move> moves = new ArrayList<>();
        List<Node> written = when.map(this::items).orElse(List.of());
        boolean startsItself = written.stream().anyMatch(ScenarioFiles::isStart);
        if (input.isPresent() || !startsItself && known.get(0).schedule() == null) {
            moves.add(reading.start(
                    input.orElse(node),
                    input.map(EventJson::data).orElseGet(() -> JsonNodeFactory.instance.objectNode())));
        }
        written.forEach(it -> reading.read(it).ifPresent(moves::add));
        then.flatMap(new ExpectationReading(problems)::read)
                .ifPresent(
                        expected -> moves.add(new Move.Check(then.orElse(node).at(), expected)));
        return problems.count() == before ? Optional.of(new Scenario(node.at(), name, start, moves)) : Optional.empty();
    }

    private List<Node> items(Node node) {
        if (node instanceof Sequence sequence) {
            return sequence.items();
        }
        problems.add(node, node.described(), "a list of what happens");
        return List.of();
    }

    private static boolean isStart(Node move) {
        return move instanceof Scalar scalar && scalar.text().equals("start")
                || move instanceof Mapping mapping && mapping.get("start") != null;
    }

    private Scenario.Given given(@Nullable Fields given, List<Definition> known) {
        if (given == null) {
            return new Scenario.Given(known, USUAL_TIME, Map.of(), LifecycleLevel.TASK, List.of());
        }
        long time = given.optional("time")
                .node("a time")
                .flatMap(it -> MoveReading.time(it, problems))
                .orElse(USUAL_TIME);
        LifecycleLevel lifecycle =
                given.optional("lifecycle").oneOf(LifecycleLevel.class).orElse(LifecycleLevel.TASK);
        Map<String, String> secrets = new LinkedHashMap<>();
        given.optional("secrets")
                .fields()
                .ifPresent(all -> all.members()
                        .forEach(it -> Fields.of(all.node(), problems)
                                .required(it.getKey())
                                .text()
                                .ifPresent(secret -> secrets.put(it.getKey(), secret))));
        CallReading calls = new CallReading(problems);
        List<Stub> stubs = given.optional("calls").items("a call").orElse(List.of()).stream()
                .flatMap(it -> calls.stub(it).stream())
                .toList();
        given.close();
        return new Scenario.Given(known, time, secrets, lifecycle, stubs);
    }
}
