package dev.weft.job.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weft.event.MeshEvent;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code weft workflow send}: an event for one instance. */
@Command(
        name = "send",
        description = {
            "Give an event to one instance, which waits for such a one; no other gets it.",
            "For an event that is for whoever waits, use weft send."
        },
        footer = {"", "Example:", "  weft workflow send o-17 --event approved.json"})
final class WorkflowSendCommand implements Callable<Integer> {

    private final Shell shell;

    @Parameters(paramLabel = "ID", description = "the instance")
    private String id = "";

    @Option(
            names = "--event",
            required = true,
            paramLabel = "FILE",
            description = "the event in structured JSON; - is standard input")
    private String file = "";

    @Mixin
    private WorkflowMesh mesh = new WorkflowMesh();

    @Mixin
    private OutputOption output = new OutputOption();

    WorkflowSendCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws CommandFailure, InterruptedException {
        MeshEvent event = EventText.readOne(shell, file);
        ObjectNode data = Json.object().put("instance", id);
        data.set("event", EventText.structured(event));
        ObjectNode answer = CommandDesk.askOne(mesh.open(shell), "send", id, data);
        shell.say(output.isJson() ? Json.pretty(answer) : id + " took the event " + event.getId());
        return ExitCodes.OK;
    }
}
