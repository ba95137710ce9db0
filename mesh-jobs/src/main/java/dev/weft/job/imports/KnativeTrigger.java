package dev.weft.job.imports;

import dev.weft.config.Fields;
import dev.weft.config.Mapping;
import dev.weft.config.Node;
import dev.weft.config.Problems;
import dev.weft.config.Scalar;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A Trigger as Kubernetes has it.
 *
 * @param delivery its delivery settings in words; empty if there are none
 */
record KnativeTrigger(
        Node at,
        String name,
        String namespace,
        String broker,
        Mapping selects,
        Subscriber subscriber,
        String delivery) {

    private static final String ORDER = "kafka.eventing.knative.dev/delivery.order";

    /**
     * Whom the trigger calls.
     *
     * @param shown as a person knows it
     */
    record Subscriber(String name, String shown) {}

    /** Reads a Trigger; nothing if it has no name, which is a problem then. */
    static Optional<KnativeTrigger> read(Node at, Notes notes, Problems problems) {
        Fields trigger = Fields.of(at, problems);
        trigger.required("apiVersion").text();
        trigger.required("kind").text();
        trigger.optional("status").node("anything");
        Optional<Node> metadata = trigger.required("metadata").node("metadata");
        Optional<Fields> spec = trigger.required("spec").fields();
        trigger.close();
        String name = metadata.flatMap(it -> text(it, "name")).orElse("");
        if (metadata.isPresent() && name.isEmpty()) {
            problems.add(metadata.get(), "a Trigger without a name", "name");
        }
        metadata.ifPresent(it -> order(it, notes));
        return spec.map(fields -> {
            Optional<Node> broker = fields.optional("broker").node("the broker's name");
            Optional<Node> brokerRef = fields.optional("brokerRef").node("the broker");
            Mapping selects = new KnativeFilters(notes, problems).read(fields);
            Optional<Node> subscriber = fields.required("subscriber").node("a subscriber");
            String delivery = fields.optional("delivery")
                    .node("delivery settings")
                    .map(it -> it instanceof Mapping mapping ? String.join(", ", mapping.names()) : it.described())
                    .orElse("");
            fields.close();
            String brokerName = broker.map(it -> it instanceof Scalar scalar ? scalar.text() : "")
                    .or(() -> brokerRef.flatMap(it -> text(it, "name")))
                    .orElse("default");
            return new KnativeTrigger(
                    at,
                    name,
                    metadata.flatMap(it -> text(it, "namespace")).orElse(""),
                    brokerName,
                    selects,
                    subscriber.map(KnativeTrigger::subscriber).orElse(new Subscriber(name, "its subscriber")),
                    delivery);
        });
    }

    private static void order(Node metadata, Notes notes) {
        if (metadata instanceof Mapping mapping
                && mapping.get("annotations") instanceof Mapping annotations
                && annotations.get(ORDER) instanceof Scalar order) {
            notes.changed(
                    order,
                    "delivery order is that of each Kafka partition, always; " + order.text() + " is not needed");
        }
    }

    private static Subscriber subscriber(Node subscriber) {
        Optional<String> uri = text(subscriber, "uri");
        if (subscriber instanceof Mapping mapping && mapping.get("ref") instanceof Mapping ref) {
            String name = text(ref, "name").orElse("subscriber");
            String shown = List.of("kind", "namespace", "name").stream()
                    .flatMap(key -> text(ref, key).stream())
                    .collect(Collectors.joining(" "));
            return new Subscriber(name, shown + uri.map(path -> " at " + path).orElse(""));
        }
        return uri.map(it -> new Subscriber(called(it), it)).orElse(new Subscriber("subscriber", "its subscriber"));
    }

    /** A host's first name, or the end of a path, is what people call a service. */
    private static String called(String uri) {
        try {
            URI parsed = URI.create(uri);
            String host = parsed.getHost() == null ? "" : parsed.getHost().split("\\.")[0];
            String path = parsed.getPath() == null ? "" : parsed.getPath();
            String called = (host + path.replace('/', ' ')).strip();
            return called.isEmpty() ? "subscriber" : called;
        } catch (IllegalArgumentException e) {
            return uri; // names a channel only
        }
    }

    private static Optional<String> text(Node node, String key) {
        return node instanceof Mapping mapping && mapping.get(key) instanceof Scalar scalar && scalar.value() != null
                ? Optional.of(scalar.text())
                : Optional.empty();
    }
}
