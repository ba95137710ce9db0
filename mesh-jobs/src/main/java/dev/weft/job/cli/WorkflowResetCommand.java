package dev.weft.job.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code weft workflow reset}: instances go back. */
@Command(
        name = "reset",
        description =
                "Have instances go back to a task of their outermost list, with what they had there the first time.",
        footer = {"", "Example:", "  weft workflow reset o-17 --task /do/1/pay"})
final class WorkflowResetCommand implements Callable<Integer> {

    private final Shell shell;

    @Mixin
    private InstanceOrders orders = new InstanceOrders();

    @Option(names = "--task", required = true, paramLabel = "POINTER", description = "the task, such as /do/1/pay")
    private String task = "";

    WorkflowResetCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws CommandFailure, InterruptedException {
        return orders.give(
                shell, "reset", id -> Json.object().put("instance", id).put("task", task));
    }
}
