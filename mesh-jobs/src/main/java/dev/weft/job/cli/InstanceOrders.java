package dev.weft.job.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A command to one instance, to several, or to all of a kind. */
final class InstanceOrders {

    @Parameters(arity = "0..*", paramLabel = "ID", description = "the instances")
    private List<String> ids = new ArrayList<>();

    @Option(names = "--all", description = "all that have not ended, of those that --status and --definition name")
    private boolean all;

    @Mixin
    private InstanceChoice choice = new InstanceChoice();

    @Mixin
    private WorkflowMesh mesh = new WorkflowMesh();

    @Mixin
    private OutputOption output = new OutputOption();

    /**
     * Gives the command, and says of each instance what became of it. Returns the exit code.
     *
     * @param data of the command for an instance
     */
    int give(Shell shell, String command, Function<String, ObjectNode> data)
            throws CommandFailure, InterruptedException {
        if (all != ids.isEmpty()) {
            throw CommandFailure.input("weft workflow " + command + ": give either the ids of instances or --all");
        }
        if (all && !choice.isNarrowed()) {
            throw CommandFailure.input("weft workflow " + command + ": --all goes with --status or --definition");
        }
        WorkflowMesh.Opened opened = mesh.open(shell);
        CommandDesk desk = new CommandDesk(opened);
        Map<String, String> requests = new LinkedHashMap<>();
        for (String id : all ? chosen(opened) : ids) {
            requests.put(desk.add(command, id, data.apply(id)), id);
        }
        Map<String, ObjectNode> answers = requests.isEmpty() ? Map.of() : desk.ask();
        ArrayNode told = Json.MAPPER.createArrayNode();
        requests.forEach((request, id) -> told.add(outcome(id, answers.get(request))));
        if (output.isJson()) {
            shell.say(Json.pretty(told));
        } else {
            told.forEach(each -> shell.say("%s: %s"
                    .formatted(
                            each.path("id").asText(),
                            each.path("done").asBoolean()
                                    ? "done"
                                    : each.path("detail").asText())));
            shell.note(Counted.of(requests.size(), "instance"));
        }
        boolean isDone = requests.keySet().stream()
                .allMatch(request -> answers.containsKey(request)
                        && answers.get(request).path("done").asBoolean());
        return isDone ? ExitCodes.OK : ExitCodes.FAILURE;
    }

    private List<String> chosen(WorkflowMesh.Opened opened) throws CommandFailure {
        return choice.of(InstanceRows.read(opened).values()).stream()
                .filter(row -> !InstanceText.hasEnded(row))
                .map(row -> row.path("id").asText())
                .toList();
    }

    private static ObjectNode outcome(String id, @Nullable ObjectNode answer) {
        ObjectNode outcome = Json.object().put("id", id);
        if (answer == null) {
            return outcome.put("done", false).put("detail", "no answer in time");
        }
        outcome.put("done", answer.path("done").asBoolean());
        if (answer.has("detail")) {
            outcome.set("detail", answer.get("detail"));
        }
        return outcome;
    }
}
