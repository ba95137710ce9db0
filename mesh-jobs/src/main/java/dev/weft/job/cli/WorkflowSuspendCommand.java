package dev.weft.job.cli;

import picocli.CommandLine.Command;

/** {@code weft workflow suspend}. */
@Command(
        name = "suspend",
        description =
                "Have instances do nothing until they are resumed. Events and answers that come meanwhile are kept.",
        footer = {
            "",
            "Examples:",
            "  weft workflow suspend o-17",
            "  weft workflow suspend --all --definition shop/order:1.0.0"
        })
final class WorkflowSuspendCommand extends InstanceOrderCommand {

    WorkflowSuspendCommand(Shell shell) {
        super(shell);
    }
}
