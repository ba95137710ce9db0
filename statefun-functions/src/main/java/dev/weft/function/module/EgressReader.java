package dev.weft.function.module;

import dev.weft.config.Fields;
import dev.weft.config.Problems;
import dev.weft.config.Scalar;
import dev.weft.function.FunctionType;
import dev.weft.function.module.KafkaEgress.Semantic;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads egresses of Kafka: {@code io.statefun.kafka.v1/egress}. */
final class EgressReader {

    private final KafkaFields kafka;
    private final Problems problems;

    EgressReader(KafkaFields kafka, Problems problems) {
        this.kafka = kafka;
        this.problems = problems;
    }

    Optional<KafkaEgress> read(Component component) {
        Fields spec = component.spec();
        Optional<FunctionType> id = kafka.id(component, "egress");
        Optional<List<String>> servers = kafka.address(spec.required("address"));
        Delivery delivery = spec.optional("deliverySemantic")
                .fields()
                .map(this::delivery)
                .orElse(new Delivery(Semantic.AT_LEAST_ONCE, Optional.empty()));
        Map<String, Scalar> properties = kafka.properties(spec.optional("properties"));
        spec.close();
        return id.flatMap(name -> servers.map(bootstrap -> new KafkaEgress(
                spec.node(),
                name,
                bootstrap,
                delivery.semantic(),
                delivery.transactionTimeout().orElse(null),
                properties)));
    }

    private record Delivery(Semantic semantic, Optional<Duration> transactionTimeout) {}

    private Delivery delivery(Fields fields) {
        Optional<Semantic> semantic = fields.required("type").oneOf(Semantic.class);
        Optional<Duration> timeout = Optional.empty();
        if (semantic.isEmpty() || semantic.get() == Semantic.EXACTLY_ONCE) {
            timeout = duration(fields, "transactionTimeout");
            Optional<Duration> older = duration(fields, "transactionTimeoutMillis");
            if (timeout.isPresent() && older.isPresent()) {
                problems.add(
                        fields.keyAt("transactionTimeoutMillis"),
                        fields.path("transactionTimeoutMillis"),
                        "transactionTimeoutMillis beside transactionTimeout",
                        "one of them");
            }
            timeout = timeout.or(() -> older);
        }
        fields.close();
        return new Delivery(semantic.orElse(Semantic.AT_LEAST_ONCE), timeout);
    }

    private Optional<Duration> duration(Fields fields, String key) {
        return fields.optional(key).node(SpacedDuration.EXPECTED).flatMap(at -> SpacedDuration.read(at, problems));
    }
}
