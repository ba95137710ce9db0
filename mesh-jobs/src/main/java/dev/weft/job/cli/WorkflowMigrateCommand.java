package dev.weft.job.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code weft workflow migrate}: instances go on by another definition. */
@Command(
        name = "migrate",
        description = {
            "Have instances go on by another definition, which the job's config has.",
            "An instance that stands at a task the other definition does not have stays as it is, and the answer says so."
        },
        footer = {
            "",
            "Examples:",
            "  weft workflow migrate o-17 --to shop/order:1.1.0 --dry-run",
            "  weft workflow migrate --all --definition shop/order:1.0.0 --to shop/order:1.1.0 \\",
            "      --task /do/1/pay=/do/2/pay"
        })
final class WorkflowMigrateCommand implements Callable<Integer> {

    private final Shell shell;

    @Mixin
    private InstanceOrders orders = new InstanceOrders();

    @Option(names = "--to", required = true, paramLabel = "NAME", description = "namespace/name:version")
    private String to = "";

    @Option(
            names = "--task",
            paramLabel = "OLD=NEW",
            description = "the pointer of a task, and what it is in the other definition; may be repeated")
    private Map<String, String> tasks = new LinkedHashMap<>();

    @Option(names = "--dry-run", description = "change nothing, and say what would be in the way")
    private boolean dryRun;

    WorkflowMigrateCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws CommandFailure, InterruptedException {
        DefinitionName name = DefinitionName.parse(to);
        if (name.namespace() == null || name.version() == null) {
            throw CommandFailure.input(
                    "weft workflow migrate: --to: found \"" + to + "\", expected namespace/name:version");
        }
        return orders.give(shell, "migrate", id -> data(id, name));
    }

    private ObjectNode data(String id, DefinitionName name) {
        ObjectNode data = Json.object().put("instance", id).put("dryRun", dryRun);
        data.putObject("workflow")
                .put("namespace", name.namespace())
                .put("name", name.name())
                .put("version", name.version());
        ObjectNode pointers = data.putObject("tasks");
        tasks.forEach(pointers::put);
        return data;
    }
}
