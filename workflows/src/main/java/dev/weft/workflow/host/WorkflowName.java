package dev.weft.workflow.host;

import dev.weft.workflow.DefinitionId;
import org.jspecify.annotations.Nullable;

/**
 * Which workflow is to be run.
 *
 * @param version null for the newest of those in the config
 */
record WorkflowName(String namespace, String name, @Nullable String version) {

    static WorkflowName of(DefinitionId id) {
        return new WorkflowName(id.namespace(), id.name(), id.version());
    }

    void write(FormWriter out) {
        out.text(namespace).text(name).textOrNone(version);
    }

    static WorkflowName read(FormReader in) throws UnreadableException {
        return new WorkflowName(in.text(), in.text(), in.textOrNone());
    }

    @Override
    public String toString() {
        return namespace + "/" + name + (version == null ? "" : ":" + version);
    }
}
