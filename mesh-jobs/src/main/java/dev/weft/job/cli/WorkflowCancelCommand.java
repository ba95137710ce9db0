package dev.weft.job.cli;

import picocli.CommandLine.Command;

/** {@code weft workflow cancel}. */
@Command(
        name = "cancel",
        description = "End instances now, whatever they do, and the children they wait for.",
        footer = {
            "",
            "Examples:",
            "  weft workflow cancel o-17",
            "  weft workflow cancel --all --definition shop/order:1.0.0"
        })
final class WorkflowCancelCommand extends InstanceOrderCommand {

    WorkflowCancelCommand(Shell shell) {
        super(shell);
    }
}
