package dev.weft.job;

import java.util.Map;
import java.util.Optional;

/**
 * What a job is called.
 *
 * @param name an RFC 1123 label: it becomes part of group ids, transactional ids and Kubernetes names
 * @param labels for people and their tools; Weft gives them no meaning
 */
public record Metadata(String name, Optional<String> description, Map<String, String> labels) {

    public Metadata {
        labels = Map.copyOf(labels);
    }
}
