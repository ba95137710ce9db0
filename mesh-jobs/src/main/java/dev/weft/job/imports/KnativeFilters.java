package dev.weft.job.imports;

import dev.weft.config.Fields;
import dev.weft.config.Location;
import dev.weft.config.Mapping;
import dev.weft.config.Node;
import dev.weft.config.Problems;
import dev.weft.config.Scalar;
import dev.weft.config.Sequence;
import dev.weft.filter.SelectionReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Says what a Trigger selects: its {@code filters} are Weft's, and where Knative's two brokers disagree it is told. */
final class KnativeFilters {

    private final Notes notes;
    private final Problems problems;

    KnativeFilters(Notes notes, Problems problems) {
        this.notes = notes;
        this.problems = problems;
    }

    /** Returns {@code filters} or {@code where} of a route, nothing of both if every event is wanted. */
    Mapping read(Fields spec) {
        int wrong = problems.count();
        Optional<Node> filters = spec.optional("filters").node("a list of filters");
        Optional<Node> legacy = spec.optional("filter").node("attributes");
        boolean ignored = filters.isPresent()
                && !(filters.get() instanceof Sequence list && list.items().isEmpty());
        Mapping selects = Placed.at(spec.node()).mapping(Map.of());
        if (ignored) {
            legacy.ifPresent(
                    at -> notes.changed(at, "left out: Knative does not look at filter where there are filters"));
            selects = Placed.at(filters.get()).only("filters", list(filters.get(), false));
        } else if (legacy.isPresent()) {
            selects = attributes(legacy.get())
                    .map(where -> Placed.at(where).only("where", where))
                    .orElse(selects);
        }
        if (!selects.members().isEmpty() && problems.count() == wrong) {
            SelectionReader.read(Fields.of(selects, problems), problems);
        }
        return selects;
    }

    private Node list(Node filters, boolean nested) {
        if (!(filters instanceof Sequence list)) {
            return filters;
        }
        return Placed.at(filters)
                .list(list.items().stream().map(item -> filter(item, nested)).toList());
    }

    private Node filter(Node filter, boolean nested) {
        if (!(filter instanceof Mapping mapping)) {
            return filter;
        }
        Map<String, Node> members = new LinkedHashMap<>();
        Map<String, Location> keys = new LinkedHashMap<>();
        mapping.members().forEach((dialect, operand) -> {
            String written = dialect.equals("cesql") ? "sql" : dialect;
            members.put(written, dialect(written, operand, nested));
            keys.put(written, mapping.keyAt(dialect));
        });
        return new Mapping(mapping.at(), mapping.path(), members, keys);
    }

    private Node dialect(String dialect, Node operand, boolean nested) {
        switch (dialect) {
            case "all", "any":
                return list(operand, true);
            case "not":
                return filter(operand, true);
            case "sql":
                notes.changed(
                        operand,
                        "an expression that fails, as by an attribute that is missing, does not match, as the specification"
                                + " says; Knative's Kafka broker goes on with what is left of it, so NOT (x = 'a') passes there"
                                + " without x");
                return operand;
            default:
                attributes(dialect, operand, nested);
                return operand;
        }
    }

    private void attributes(String dialect, Node operand, boolean nested) {
        if (!(operand instanceof Mapping attributes)) {
            return;
        }
        if (nested && !dialect.equals("exact")) {
            notes.changed(
                    operand,
                    dialect + " of an attribute that is missing is false, and its not is true; Knative's Kafka broker"
                            + " discards an event that lacks subject here");
        }
        Node time = attributes.get("time");
        if (time != null) {
            notes.changed(time, "time is compared as the event writes it; Knative's brokers write it anew, in UTC");
        }
    }

    /** The filter of old: each attribute exactly, and an empty text for any value. */
    private Optional<Mapping> attributes(Node filter) {
        Fields fields = Fields.of(filter, problems);
        Optional<Node> attributes = fields.optional("attributes").node("attributes with the text that is asked for");
        fields.close();
        if (attributes.isEmpty() || !(attributes.get() instanceof Mapping mapping)) {
            attributes.ifPresent(it -> problems.add(it, it.described(), "attributes with the text that is asked for"));
            return Optional.empty();
        }
        Map<String, Node> where = new LinkedHashMap<>();
        mapping.members().forEach((name, value) -> where.put(name, asked(value)));
        return where.isEmpty()
                ? Optional.empty()
                : Optional.of(new Mapping(mapping.at(), mapping.path(), where, mapping.keys()));
    }

    private Node asked(Node value) {
        Placed placed = Placed.at(value);
        if (value instanceof Scalar scalar && "".equals(scalar.value())) {
            notes.changed(
                    value,
                    "the empty text stands for any value, which must be there; Knative's Kafka broker also takes events without it");
            return placed.list(List.of(placed.only("exists", placed.flag(true))));
        }
        return placed.list(new ArrayList<>(List.of(value)));
    }
}
