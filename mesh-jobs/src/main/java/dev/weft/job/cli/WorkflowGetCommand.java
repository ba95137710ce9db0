package dev.weft.job.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code weft workflow get}: how an instance is. */
@Command(
        name = "get",
        description = {
            "Show how an instance is, as the job said last on the channel of instances.",
            "With --ask: as it is now, with its context, or its output; the job has to run."
        },
        footer = {"", "What a savepoint holds of it: weft state get SAVEPOINT --type weft.workflow/instance --id ID"})
final class WorkflowGetCommand implements Callable<Integer> {

    private final Shell shell;

    @Parameters(paramLabel = "ID", description = "the instance")
    private String id = "";

    @Option(names = "--ask", description = "ask the job, by a command")
    private boolean ask;

    @Mixin
    private WorkflowMesh mesh = new WorkflowMesh();

    @Mixin
    private OutputOption output = new OutputOption();

    WorkflowGetCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws CommandFailure, InterruptedException {
        WorkflowMesh.Opened opened = mesh.open(shell);
        ObjectNode row = ask
                ? CommandDesk.askOne(opened, "get", id, Json.object().put("instance", id))
                : InstanceRows.read(opened).get(id);
        if (row == null) {
            throw CommandFailure.failure("found no instance " + id + " on the channel of instances");
        }
        if (output.isJson()) {
            shell.say(Json.pretty(row));
        } else {
            InstanceText.lines(row).forEach(shell::say);
        }
        return ExitCodes.OK;
    }
}
