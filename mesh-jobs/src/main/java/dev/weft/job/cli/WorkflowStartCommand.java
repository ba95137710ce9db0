package dev.weft.job.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weft.job.WorkflowFile;
import dev.weft.workflow.DefinitionId;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code weft workflow start}: one more instance. */
@Command(
        name = "start",
        description = "Start an instance of a workflow, and say its id.",
        footer = {
            "",
            "Examples:",
            "  weft workflow start order --input '{\"order\": \"o-17\"}'",
            "  weft workflow start shop/order:1.2.0 --input @order.json --id o-17",
            "  weft workflow start order --await    until it has ended; exit code 1 unless it completed"
        })
final class WorkflowStartCommand implements Callable<Integer> {

    private final Shell shell;

    @Parameters(paramLabel = "NAME", description = "which workflow: [namespace/]name[:version]")
    private String name = "";

    @Option(
            names = "--input",
            paramLabel = "JSON",
            description = "its input, or @FILE; @- is standard input (default: {})")
    private String input = "{}";

    @Option(names = "--id", paramLabel = "ID", description = "its id: the same one is not started twice")
    private @Nullable String id;

    @Option(names = "--await", description = "wait until it has ended, and show how")
    private boolean await;

    @Mixin
    private WorkflowMesh mesh = new WorkflowMesh();

    @Mixin
    private OutputOption output = new OutputOption();

    WorkflowStartCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws CommandFailure, InterruptedException {
        WorkflowMesh.Opened opened = mesh.open(shell);
        String instance = id == null ? UUID.randomUUID().toString() : id;
        ObjectNode data = Json.object().put("instance", instance);
        DefinitionId definition = only(opened.named(name)).id();
        data.putObject("workflow")
                .put("namespace", definition.namespace())
                .put("name", definition.name())
                .put("version", DefinitionName.parse(name).version());
        data.set("input", read());
        ObjectNode row = null;
        if (await) {
            row = ended(opened, instance, data);
        } else {
            CommandDesk.askOne(opened, "start", instance, data);
        }
        if (output.isJson()) {
            shell.say(Json.pretty(row == null ? Json.object().put("id", instance) : row));
        } else if (row == null) {
            shell.say("started " + instance);
        } else {
            InstanceText.lines(row).forEach(shell::say);
        }
        return row == null || row.path("status").asText().equals("completed") ? ExitCodes.OK : ExitCodes.FAILURE;
    }

    /** Versions of one workflow are one; which of them begins, the job knows. */
    private WorkflowFile only(List<WorkflowFile> found) throws CommandFailure {
        List<String> names = found.stream()
                .map(file -> file.id().namespace() + "/" + file.id().name())
                .distinct()
                .toList();
        if (names.size() > 1) {
            throw CommandFailure.input("weft workflow start: \"%s\" may be %s: which is meant?"
                    .formatted(name, String.join(" or ", names)));
        }
        return found.get(0);
    }

    private JsonNode read() throws CommandFailure {
        String text = input.startsWith("@") ? InputFile.text(shell, input.substring(1)) : input;
        try {
            return Json.MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw CommandFailure.input("weft workflow start: --input is not JSON: "
                    + e.getOriginalMessage().lines().findFirst().orElse(""));
        }
    }

    /** Starts it, and returns its last row. An earlier instance of that id has rows of its own before. */
    private static ObjectNode ended(WorkflowMesh.Opened opened, String instance, ObjectNode data)
            throws CommandFailure, InterruptedException {
        AtomicReference<@Nullable ObjectNode> last = new AtomicReference<>();
        try (TopicWatch rows = opened.watch(opened.instances())) {
            CommandDesk.askOne(opened, "start", instance, data);
            while (true) {
                rows.poll(record -> InstanceRows.row(record)
                        .filter(row -> InstanceRows.id(row).equals(instance) && InstanceText.hasEnded(row))
                        .ifPresent(last::set));
                ObjectNode row = last.get();
                if (row != null) {
                    return row;
                }
            }
        } catch (KafkaException e) {
            throw KafkaReach.failure(opened.config().kafka().bootstrap(), e);
        }
    }
}
