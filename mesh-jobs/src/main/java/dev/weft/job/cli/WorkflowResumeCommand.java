package dev.weft.job.cli;

import picocli.CommandLine.Command;

/** {@code weft workflow resume}. */
@Command(
        name = "resume",
        description = "Have suspended instances go on.",
        footer = {
            "",
            "Examples:",
            "  weft workflow resume o-17",
            "  weft workflow resume --all --definition shop/order:1.0.0"
        })
final class WorkflowResumeCommand extends InstanceOrderCommand {

    WorkflowResumeCommand(Shell shell) {
        super(shell);
    }
}
