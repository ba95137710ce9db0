package dev.weft.job.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weft.workflow.engine.Status;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which instances are meant, by what the job said of them last. */
final class InstanceChoice {

    @Option(names = "--status", paramLabel = "STATUS", description = "those only: ${COMPLETION-CANDIDATES}; any case")
    private @Nullable Status status;

    @Option(
            names = "--definition",
            paramLabel = "NAME",
            description = "those only of the workflow [namespace/]name[:version], or of the definition of that digest")
    private @Nullable String definition;

    boolean isNarrowed() {
        return status != null || definition != null;
    }

    /** Returns the rows that are meant. */
    List<ObjectNode> of(Collection<ObjectNode> rows) {
        return rows.stream().filter(this::fits).toList();
    }

    private boolean fits(JsonNode row) {
        boolean isOfStatus = status == null
                || status.name()
                        .toLowerCase(Locale.ROOT)
                        .equals(row.path("status").asText());
        boolean isOfDefinition = definition == null
                || definition.equals(row.path("digest").asText())
                || DefinitionName.parse(definition).fits(row);
        return isOfStatus && isOfDefinition;
    }
}
