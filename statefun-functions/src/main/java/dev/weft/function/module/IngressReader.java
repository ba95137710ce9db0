package dev.weft.function.module;

import dev.weft.config.Field;
import dev.weft.config.Fields;
import dev.weft.config.Node;
import dev.weft.config.Problems;
import dev.weft.config.Scalar;
import dev.weft.function.FunctionType;
import dev.weft.function.module.KafkaIngress.Otherwise;
import dev.weft.function.module.KafkaIngress.Topic;
import dev.weft.function.module.StartPosition.Partition;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads ingresses of Kafka: {@code io.statefun.kafka.v1/ingress}. */
final class IngressReader {

    private static final String PARTITION = "topic/partition with an offset from 0";
    private static final Pattern PARTITION_FORM = Pattern.compile("(.+)/(\\d{1,9})");
    private static final String TIME = "a time such as 2026-11-21 08:30:00.000 Z";
    private static final Pattern TIME_FORM =
            Pattern.compile("(\\d{4}-\\d{2}-\\d{2}) (\\d{2}:\\d{2}:\\d{2}\\.\\d{1,3}) (?:(Z)|([+-]\\d{2}):?(\\d{2}))");

    private final KafkaFields kafka;
    private final Problems problems;

    IngressReader(KafkaFields kafka, Problems problems) {
        this.kafka = kafka;
        this.problems = problems;
    }

    Optional<KafkaIngress> read(Component component) {
        Fields spec = component.spec();
        Optional<FunctionType> id = kafka.id(component, "ingress");
        Optional<List<String>> servers = kafka.address(spec.required("address"));
        Optional<String> group = spec.optional("consumerGroupId").text();
        List<Topic> topics = topics(spec.required("topics"));
        StartPosition start = spec.optional("startupPosition")
                .fields()
                .flatMap(this::start)
                .orElse(StartPosition.At.LATEST); // what the runtime of StateFun does, not what its manual says
        Otherwise otherwise =
                spec.optional("autoOffsetResetPosition").oneOf(Otherwise.class).orElse(Otherwise.LATEST);
        Map<String, Scalar> properties = kafka.properties(spec.optional("properties"));
        spec.close();
        return id.flatMap(name -> servers.map(bootstrap -> new KafkaIngress(
                spec.node(), name, topics, bootstrap, group.orElse(null), start, otherwise, properties)));
    }

    private List<Topic> topics(Field field) {
        List<Topic> topics = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Node item : field.items("a topic").orElse(List.of())) {
            Fields fields = Fields.of(item, problems);
            Optional<String> name = fields.required("topic").text();
            Optional<FunctionType> valueType =
                    fields.required("valueType").parsed(TypeNames.EXPECTED, TypeNames::parse);
            List<FunctionType> targets = fields.required("targets").texts("the name of a function").stream()
                    .flatMap(List::stream)
                    .flatMap(target -> TypeNames.read(target, problems).stream())
                    .toList();
            fields.close();
            if (name.isPresent() && !names.add(name.get())) {
                problems.add(
                        item, "the topic " + name.get() + " a second time", "each topic once, with all its targets");
            }
            name.flatMap(topic -> valueType.map(type -> new Topic(item, topic, type, targets)))
                    .ifPresent(topics::add);
        }
        return topics;
    }

    private enum Type {
        EARLIEST,
        LATEST,
        GROUP_OFFSETS,
        SPECIFIC_OFFSETS,
        DATE
    }

    private Optional<StartPosition> start(Fields fields) {
        Optional<Type> type = fields.required("type").oneOf(Type.class);
        Optional<StartPosition> start = type.flatMap(it -> switch (it) {
            case EARLIEST -> Optional.of(StartPosition.At.EARLIEST);
            case LATEST -> Optional.of(StartPosition.At.LATEST);
            case GROUP_OFFSETS -> Optional.of(StartPosition.At.GROUP_OFFSETS);
            case SPECIFIC_OFFSETS -> Optional.of(offsets(fields.required("offsets")));
            case DATE ->
                fields.required("date").parsed(TIME, IngressReader::time).map(StartPosition.Since::new);
        });
        if (type.isPresent()) {
            fields.close();
        }
        return start;
    }

    private StartPosition offsets(Field field) {
        Map<Partition, Long> offsets = new LinkedHashMap<>();
        String expected = "a list, each " + PARTITION + ", as in orders/0: 91";
        for (Map.Entry<String, Node> member : kafka.members(field, expected)) {
            Matcher form = PARTITION_FORM.matcher(member.getKey());
            Node value = member.getValue();
            Optional<Long> offset = offset(value);
            if (!form.matches() || offset.isEmpty()) {
                problems.add(value, "\"" + member.getKey() + "\": " + value.described(), PARTITION);
            } else {
                offsets.put(new Partition(form.group(1), Integer.parseInt(form.group(2))), offset.get());
            }
        }
        return new StartPosition.Offsets(offsets);
    }

    private static Optional<Long> offset(Node value) {
        return value instanceof Scalar scalar
                        && scalar.value() instanceof BigDecimal
                        && scalar.text().matches("\\d{1,18}")
                ? Optional.of(Long.parseLong(scalar.text()))
                : Optional.empty();
    }

    private static Optional<Instant> time(String text) {
        Matcher form = TIME_FORM.matcher(text);
        if (!form.matches()) {
            return Optional.empty();
        }
        String zone = form.group(3) != null ? "Z" : form.group(4) + ":" + form.group(5);
        try {
            return Optional.of(OffsetDateTime.parse(form.group(1) + "T" + form.group(2) + zone)
                    .toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
