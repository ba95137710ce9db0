package dev.weft.job.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weft.job.WorkflowFile;
import dev.weft.workflow.DefinitionId;
import org.jspecify.annotations.Nullable;

/**
 * Definitions as a person names them: {@code [namespace/]name[:version]}.
 *
 * @param namespace null for any
 * @param version null for any
 */
record DefinitionName(
        @Nullable String namespace, String name, @Nullable String version) {

    static DefinitionName parse(String text) {
        int slash = text.indexOf('/');
        int colon = text.indexOf(':', slash + 1);
        return new DefinitionName(
                slash < 0 ? null : text.substring(0, slash),
                text.substring(slash + 1, colon < 0 ? text.length() : colon),
                colon < 0 ? null : text.substring(colon + 1));
    }

    boolean fits(WorkflowFile file) {
        DefinitionId id = file.id();
        return fits(id.namespace(), id.name(), id.version());
    }

    /** Whether an instance is of such a definition, by its row. */
    boolean fits(JsonNode row) {
        return fits(
                row.path("namespace").asText(),
                row.path("name").asText(),
                row.path("version").asText());
    }

    private boolean fits(String ofNamespace, String ofName, String ofVersion) {
        return (namespace == null || namespace.equals(ofNamespace))
                && name.equals(ofName)
                && (version == null || version.equals(ofVersion));
    }
}
