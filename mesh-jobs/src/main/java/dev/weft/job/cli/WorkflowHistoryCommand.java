package dev.weft.job.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.weft.event.EventReader;
import dev.weft.event.MeshEvent;
import dev.weft.event.kafka.KafkaRecords;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code weft workflow history}: what happened to an instance. */
@Command(
        name = "history",
        description = {
            "Show what happened to an instance, as the channel of lifecycle events tells it.",
            "How much that is, its definition says: lifecycle: workflow, or task."
        })
final class WorkflowHistoryCommand implements Callable<Integer> {

    private static final EventReader READER = new EventReader(Long.MAX_VALUE);

    private final Shell shell;

    @Parameters(paramLabel = "ID", description = "the instance")
    private String id = "";

    @Mixin
    private WorkflowMesh mesh = new WorkflowMesh();

    @Mixin
    private OutputOption output = new OutputOption();

    WorkflowHistoryCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws CommandFailure {
        WorkflowMesh.Opened opened = mesh.open(shell);
        List<MeshEvent> happened = read(opened);
        if (happened.isEmpty()) {
            throw CommandFailure.failure("found nothing of instance " + id + " on the channel of lifecycle events");
        }
        if (output.isJson()) {
            ArrayNode all = Json.MAPPER.createArrayNode();
            happened.forEach(event -> all.add(EventText.structured(event)));
            shell.say(Json.pretty(all));
        } else {
            happened.forEach(event -> shell.say(line(event)));
        }
        return ExitCodes.OK;
    }

    /** All of one instance is in one partition, in order. */
    private List<MeshEvent> read(WorkflowMesh.Opened opened) throws CommandFailure {
        List<MeshEvent> happened = new ArrayList<>();
        try {
            var unused = new TopicScan(opened.client()).read(opened.lifecycle(), record -> {
                if (READER.read(KafkaRecords.origin(record), KafkaRecords.wire(record)) instanceof MeshEvent event
                        && id.equals(event.attribute("subject"))) {
                    happened.add(event);
                }
            });
        } catch (KafkaException e) {
            throw KafkaReach.failure(opened.config().kafka().bootstrap(), e);
        }
        return happened;
    }

    private static String line(MeshEvent event) {
        String type = event.getType().replaceFirst("^(?:io\\.serverlessworkflow|dev\\.weft\\.workflow)\\.", "");
        JsonNode data = event.data();
        JsonNode task = data.path("task");
        JsonNode error = data.path("error");
        return "%s  %s%s%s"
                .formatted(
                        event.attribute("time"),
                        type.replaceFirst("\\.v1$", ""),
                        task.isTextual() ? " " + task.asText() : "",
                        error.isMissingNode() ? "" : ": " + Json.line(error));
    }
}
