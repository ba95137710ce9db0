package dev.weft.job.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * One object of Kubernetes, as a file has it.
 *
 * @param object may be changed, as whoever renders it does
 */
public record Manifest(ObjectNode object) {

    /** Returns its kind, such as Deployment; empty if it says none. */
    public String kind() {
        return object.path("kind").asText();
    }

    /** Returns its name; empty if it says none. */
    public String name() {
        return object.at("/metadata/name").asText();
    }

    /** Returns the group of its API; empty for those of the core. */
    String group() {
        String version = object.path("apiVersion").asText();
        return version.contains("/") ? version.substring(0, version.indexOf('/')) : "";
    }

    /** Returns whether Kubernetes itself defines the kind, so that lists in it are merged by their keys. */
    boolean isBuiltIn() {
        String group = group();
        return !group.contains(".") || group.endsWith(".k8s.io");
    }

    /** Returns whether it is of the same kind and name. */
    boolean isSame(Manifest other) {
        return group().equals(other.group()) && kind().equals(other.kind()) && name().equals(other.name());
    }

    /** Returns the templates of Pods in it, each with metadata and a spec. */
    public Stream<ObjectNode> podTemplates() {
        return Stream.of("/spec/template", "/spec/jobManager/podTemplate", "/spec/taskManager/podTemplate")
                .map(object::at)
                .filter(ObjectNode.class::isInstance)
                .map(ObjectNode.class::cast);
    }

    /** Returns the containers of a template, those that only prepare it first. */
    static Stream<ObjectNode> containers(JsonNode podTemplate) {
        return Stream.of("initContainers", "containers")
                .flatMap(list -> items(podTemplate.path("spec").path(list)))
                .map(ObjectNode.class::cast);
    }

    /** Returns the items of a list, none if there is no list. */
    static Stream<JsonNode> items(JsonNode list) {
        return list.isArray() ? StreamSupport.stream(list.spliterator(), false) : Stream.empty();
    }

    /** Returns the first item of that name. */
    static Optional<ObjectNode> named(JsonNode list, String name) {
        return items(list)
                .filter(item -> item.path("name").asText().equals(name))
                .map(ObjectNode.class::cast)
                .findFirst();
    }

    /** Returns what messages call it. */
    @Override
    public String toString() {
        return kind() + " " + name();
    }
}
