package dev.weft.job.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code weft resume}: what was paused goes on. */
@Command(
        name = "resume",
        description = {
            "Have a paused target or route of a running job go on; returns when every subtask knows.",
            "What has waited goes first, in the order it came."
        },
        footer = {"", "Examples:", "  weft resume shop.yaml billing", "  weft resume shop.yaml --route large"})
final class ResumeCommand implements Callable<Integer> {

    private final Shell shell;

    @Mixin
    private PausePart part = new PausePart();

    ResumeCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws CommandFailure, InterruptedException {
        part.say(shell, "", true);
        return ExitCodes.OK;
    }
}
