package dev.weft.job.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A command to instances that says which, and why. The job knows it by the name that a person types. */
abstract class InstanceOrderCommand implements Callable<Integer> {

    private final Shell shell;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private InstanceOrders orders = new InstanceOrders();

    @Option(names = "--reason", paramLabel = "TEXT", description = "why, for whoever looks (default: ${DEFAULT-VALUE})")
    private String reason = "by hand";

    InstanceOrderCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public final Integer call() throws CommandFailure, InterruptedException {
        return orders.give(shell, spec.name(), this::data);
    }

    private ObjectNode data(String id) {
        return Json.object().put("instance", id).put("reason", reason);
    }
}
