package dev.weft.job.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code weft pause}: a target or a route of a running job stands still, and what comes for it waits. */
@Command(
        name = "pause",
        description = {
            "Have a target or a route of a running job stand still; returns when every subtask knows.",
            "What comes for it meanwhile waits in the job's state, and nothing of it is lost."
        },
        footer = {
            "",
            "Examples:",
            "  weft pause shop.yaml billing                         nothing more is sent to the target billing",
            "  weft pause shop.yaml --route large                   what the route large wants waits",
            "  weft rules shop.yaml                                 shows what is paused"
        })
final class PauseCommand implements Callable<Integer> {

    private final Shell shell;

    @Mixin
    private PausePart part = new PausePart();

    @Option(names = "--why", defaultValue = "", paramLabel = "TEXT", description = "what others are told about it")
    private String why = "";

    PauseCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws CommandFailure, InterruptedException {
        part.say(shell, why, false);
        return ExitCodes.OK;
    }
}
