package dev.weft.function.module;

import dev.weft.config.Fields;
import dev.weft.config.Mapping;
import dev.weft.config.Node;
import dev.weft.config.Problems;
import dev.weft.config.Scalar;
import dev.weft.config.Sequence;
import dev.weft.config.Substitution;
import dev.weft.config.YamlReader;
import dev.weft.function.TypePattern;
import dev.weft.function.remote.RemoteEndpoint;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads the {@code module.yaml} of Apache StateFun 3.x: several YAML documents with a {@code kind} and a {@code spec},
 * or one of the older form, {@code version: "3.0"}. Placeholders {@code ${NAME}} stand for variables of the
 * environment, whose names are in upper case.
 *
 * <p>Kinds and options that we do not have are problems, not left out. So are servers of Kafka that differ: a job has
 * one cluster.
 *
 * <pre>{@code
 * kind: io.statefun.endpoints.v2/http
 * spec:
 *   functions: shop.fraud/*
 *   urlPathTemplate: https://functions.shop/{function.name}
 * ---
 * kind: io.statefun.kafka.v1/ingress
 * spec:
 *   id: shop/orders
 *   address: kafka:9092
 *   topics:
 *     - { topic: orders, valueType: shop/Order, targets: [shop.fraud/score] }
 * }</pre>
 */
public final class ModuleReader {

    private static final String ENDPOINT_1 = "io.statefun.endpoints.v1/http";
    private static final String ENDPOINT_2 = "io.statefun.endpoints.v2/http";
    private static final String INGRESS = "io.statefun.kafka.v1/ingress";
    private static final String EGRESS = "io.statefun.kafka.v1/egress";
    private static final List<String> KINDS = List.of(ENDPOINT_2, INGRESS, EGRESS, ENDPOINT_1);

    /** What kinds were called before they had versions. */
    private static final Map<String, String> FORMER = Map.of(
            "http", ENDPOINT_1,
            "io.statefun.endpoints/http", ENDPOINT_1,
            "io.statefun.kafka/ingress", INGRESS,
            "io.statefun.kafka/egress", EGRESS);

    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{(?!env:[^}]+}|file:/[^}]+})[^}]*}");

    private final Problems problems;
    private final EndpointReader endpointReader;
    private final IngressReader ingressReader;
    private final EgressReader egressReader;
    private final List<RemoteEndpoint> endpoints = new ArrayList<>();
    private final Set<TypePattern> served = new HashSet<>();
    private final List<KafkaIngress> ingresses = new ArrayList<>();
    private final List<KafkaEgress> egresses = new ArrayList<>();

    private ModuleReader(Problems problems) {
        KafkaFields kafka = new KafkaFields(problems);
        this.problems = problems;
        this.endpointReader = new EndpointReader(problems);
        this.ingressReader = new IngressReader(kafka, problems);
        this.egressReader = new EgressReader(kafka, problems);
    }

    /**
     * Reads a file's text. Without a result there are problems.
     *
     * @param file the name that problems give
     */
    public static Optional<ModuleFile> read(String file, String text, Substitution substitution, Problems problems) {
        int before = problems.count();
        ModuleReader reader = new ModuleReader(problems);
        YamlReader.readAll(file, text, substitution, problems).forEach(reader::document);
        return problems.count() > before
                ? Optional.empty()
                : Optional.of(new ModuleFile(reader.endpoints, reader.ingresses, reader.egresses));
    }

    private void document(Node root) {
        refusePlaceholders(root);
        Fields fields = Fields.of(root, problems);
        if (fields.has("version") || fields.has("module")) {
            former(fields);
        } else {
            component(
                    fields.required("kind").node(KINDS.get(0)),
                    Optional.empty(),
                    fields.required("spec").fields());
            fields.close();
        }
    }

    private void refusePlaceholders(Node node) {
        if (node instanceof Mapping mapping) {
            mapping.members().values().forEach(this::refusePlaceholders);
        } else if (node instanceof Sequence sequence) {
            sequence.items().forEach(this::refusePlaceholders);
        } else if (node instanceof Scalar scalar
                && PLACEHOLDER.matcher(scalar.text()).find()
                && !problems.concern(scalar)) {
            problems.add(scalar, scalar.described(), "${NAME} in upper case, for a variable of the environment");
        }
    }

    /** The form with one root and all parts in lists. */
    private void former(Fields root) {
        root.required("version").node("\"3.0\"").ifPresent(at -> {
            if (!(at instanceof Scalar scalar && scalar.text().equals("3.0"))) {
                problems.add(at, at.described(), "\"3.0\", or a file of documents with kind and spec");
            }
        });
        root.required("module").fields().ifPresent(module -> {
            module.required("meta").fields().ifPresent(meta -> {
                var unused = meta.required("type").is("remote");
                meta.close();
            });
            module.required("spec").fields().ifPresent(spec -> {
                parts(spec, "endpoints", "endpoint", "kind");
                parts(spec, "ingresses", "ingress", "type");
                parts(spec, "egresses", "egress", "type");
                spec.close();
            });
            module.close();
        });
        root.close();
    }

    private void parts(Fields spec, String list, String name, String kind) {
        for (Node item : spec.optional(list).items("an " + name).orElse(List.of())) {
            Fields fields = Fields.of(item, problems);
            fields.required(name).fields().ifPresent(part -> {
                part.required("meta").fields().ifPresent(meta -> {
                    Optional<Node> id =
                            kind.equals("type") ? meta.required("id").node(TypeNames.EXPECTED) : Optional.empty();
                    component(
                            meta.required(kind).node("a kind"),
                            id,
                            part.required("spec").fields());
                    meta.close();
                });
                part.close();
            });
            fields.close();
        }
    }

    private void component(Optional<Node> kind, Optional<Node> id, Optional<Fields> spec) {
        if (kind.isEmpty() || spec.isEmpty()) {
            return;
        }
        String said =
                kind.get() instanceof Scalar scalar ? scalar.text() : kind.get().described();
        Component component = new Component(id.orElse(null), spec.get());
        switch (FORMER.getOrDefault(said, said)) {
            case ENDPOINT_1 -> endpointReader.readFirst(component).ifPresent(it -> add(it, spec.get()));
            case ENDPOINT_2 -> endpointReader.readSecond(component).ifPresent(it -> add(it, spec.get()));
            case INGRESS -> ingressReader.read(component).ifPresent(ingresses::add);
            case EGRESS -> egressReader.read(component).ifPresent(egresses::add);
            default -> problems.addUnknown(kind.get(), "kind", said, KINDS);
        }
    }

    private void add(RemoteEndpoint endpoint, Fields spec) {
        if (!served.add(endpoint.functions())) {
            problems.add(
                    spec.keyAt("functions"),
                    spec.path("functions"),
                    endpoint.functions() + " a second time",
                    "functions that no other endpoint names");
        }
        endpoints.add(endpoint);
    }
}
