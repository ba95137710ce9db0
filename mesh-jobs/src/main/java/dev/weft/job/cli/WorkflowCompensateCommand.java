package dev.weft.job.cli;

import picocli.CommandLine.Command;

/** {@code weft workflow compensate}. */
@Command(
        name = "compensate",
        description = "Have instances take back what has completed, the last first, and end as faulted.",
        footer = {
            "",
            "Examples:",
            "  weft workflow compensate o-17",
            "  weft workflow compensate --all --definition shop/order:1.0.0"
        })
final class WorkflowCompensateCommand extends InstanceOrderCommand {

    WorkflowCompensateCommand(Shell shell) {
        super(shell);
    }
}
