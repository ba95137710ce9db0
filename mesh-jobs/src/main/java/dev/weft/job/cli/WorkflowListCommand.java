package dev.weft.job.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code weft workflow list}: which instances there are. */
@Command(
        name = "list",
        description = "List instances, as the job said last on the channel of instances.",
        footer = {
            "",
            "Examples:",
            "  weft workflow list",
            "  weft workflow list --status waiting --definition shop/order:1.2.0 --output json"
        })
final class WorkflowListCommand implements Callable<Integer> {

    private final Shell shell;

    @Mixin
    private InstanceChoice choice = new InstanceChoice();

    @Mixin
    private WorkflowMesh mesh = new WorkflowMesh();

    @Mixin
    private OutputOption output = new OutputOption();

    WorkflowListCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws CommandFailure {
        Collection<ObjectNode> all = InstanceRows.read(mesh.open(shell)).values();
        List<ObjectNode> meant = choice.of(all);
        if (output.isJson()) {
            ArrayNode listed = Json.MAPPER.createArrayNode();
            meant.forEach(listed::add);
            shell.say(Json.pretty(listed));
        } else {
            Table table = Table.ofText("ID", "WORKFLOW", "STATUS", "CHANGED", "AT");
            meant.forEach(row -> table.row(
                    row.path("id").asText(),
                    InstanceText.definition(row),
                    row.path("status").asText(),
                    row.path("updatedAt").asText(),
                    InstanceText.tasks(row)));
            table.lines().forEach(shell::say);
            shell.note(Counted.of(meant.size(), "instance") + " of " + all.size());
        }
        return ExitCodes.OK;
    }
}
