package dev.weft.workflow;

import java.io.Serializable;

/**
 * By what a definition is known. Several documents may have the same one over time; instances are pinned to a
 * {@linkplain Definition#digest digest}.
 *
 * @param namespace as in {@code document.namespace}; {@code default} for documents of 0.8, which have none
 * @param version a semantic version
 */
public record DefinitionId(String namespace, String name, String version) implements Serializable {

    /** Returns {@code namespace/name:version}. */
    @Override
    public String toString() {
        return namespace + "/" + name + ":" + version;
    }
}
