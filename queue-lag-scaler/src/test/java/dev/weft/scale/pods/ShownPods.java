package dev.weft.scale.pods;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weft.testkit.http.Answer;
import dev.weft.testkit.http.ReceivedRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * The Pods of namespace {@code shop} with the labels {@code app=orders}, as an API server shows and changes them: lists
 * of metadata, and merge patches (RFC 7396).
 */
final class ShownPods {

    static final String SELECTOR = "app=orders";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PATH = "/api/v1/namespaces/shop/pods";
    private static final String COST = "controller.kubernetes.io/pod-deletion-cost";

    final Map<String, ObjectNode> pods = new ConcurrentSkipListMap<>();

    /** There is a Pod of that name. */
    ShownPods with(String name) {
        ObjectNode metadata = JSON.createObjectNode().put("name", name).put("namespace", "shop");
        metadata.putObject("annotations").put("example.com/mine", "kept");
        pods.put(name, metadata);
        return this;
    }

    /** Returns what the annotation of a Pod says; empty without one. */
    String cost(String name) {
        return annotations(name).path(COST).asText();
    }

    JsonNode annotations(String name) {
        return pods.getOrDefault(name, JSON.createObjectNode()).path("annotations");
    }

    Answer answer(ReceivedRequest request) {
        String target = request.target();
        if (request.method().equals("GET") && target.equals(PATH + "?labelSelector=app%3Dorders")) {
            ObjectNode list = JSON.createObjectNode().put("kind", "PartialObjectMetadataList");
            pods.values()
                    .forEach(metadata -> list.withArray("items").addObject().set("metadata", metadata));
            return Answer.text(200, list.toString());
        }
        boolean isPatch = request.method().equals("PATCH")
                && request.header("Content-Type")
                        .filter("application/merge-patch+json"::equals)
                        .isPresent();
        ObjectNode metadata = pods.get(target.substring(target.lastIndexOf('/') + 1));
        if (!isPatch || metadata == null) {
            return Answer.text(404, status(404, "not found"));
        }
        read(request.body()).at("/metadata/annotations").properties().forEach(each -> {
            ObjectNode annotations = metadata.withObject("annotations");
            if (each.getValue().isNull()) {
                annotations.remove(each.getKey());
            } else {
                annotations.set(each.getKey(), each.getValue());
            }
        });
        return Answer.text(
                200, JSON.createObjectNode().set("metadata", metadata).toString());
    }

    /** What an API server says of a request that it does not carry out. */
    static String status(int code, String message) {
        return JSON.createObjectNode()
                .put("kind", "Status")
                .put("status", "Failure")
                .put("message", message)
                .put("code", code)
                .toString();
    }

    private static JsonNode read(byte[] body) {
        try {
            return JSON.readTree(new String(body, UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
