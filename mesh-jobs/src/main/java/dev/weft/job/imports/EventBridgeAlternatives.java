package dev.weft.job.imports;

import dev.weft.config.Mapping;
import dev.weft.config.Node;
import dev.weft.config.Scalar;
import dev.weft.config.Sequence;
import dev.weft.filter.IpAddress;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The lists at the fields of an EventBridge pattern: taken over as they are, with the corners told that differ. */
final class EventBridgeAlternatives {

    private final Notes notes;

    EventBridgeAlternatives(Notes notes) {
        this.notes = notes;
    }

    /** Returns the list for a field of the payload, which can have any type. */
    Sequence ofField(Sequence list) {
        list.items().forEach(this::tell);
        return list;
    }

    /** Returns the list for an attribute, which is text in EventBridge too; nothing if no text could match it. */
    Optional<Sequence> ofAttribute(Sequence list) {
        List<Node> kept = new ArrayList<>();
        for (Node item : list.items()) {
            if (isForOtherTypes(item)) {
                notes.changed(item, "left out: the value of this field is text, which this never matches");
            } else if (excludesOtherTypes(item)) {
                notes.changed(item, "written as {exists: true}: no text is a number");
                kept.add(Placed.at(item).only("exists", Placed.at(item).flag(true)));
            } else {
                tell(item);
                kept.add(item);
            }
        }
        if (kept.isEmpty() && !list.items().isEmpty()) {
            notes.lost(list, "nothing of this list can match text, so the rule matches nothing");
            return Optional.empty();
        }
        return Optional.of(Placed.at(list).list(kept));
    }

    /** Returns whether one of the list's alternatives wants the field not to be there. */
    static boolean asksAbsence(Node list) {
        return list instanceof Sequence sequence
                && sequence.items().stream()
                        .anyMatch(item -> item instanceof Mapping mapping
                                && mapping.get("exists") instanceof Scalar scalar
                                && Boolean.FALSE.equals(scalar.value()));
    }

    private static boolean isForOtherTypes(Node item) {
        return item instanceof Scalar scalar && !(scalar.value() instanceof String)
                || item instanceof Mapping mapping && mapping.get("numeric") != null;
    }

    private static boolean excludesOtherTypes(Node item) {
        Node excluded = item instanceof Mapping mapping ? mapping.get("anything-but") : null;
        List<Node> each =
                excluded instanceof Sequence list ? list.items() : excluded == null ? List.of() : List.of(excluded);
        return !each.isEmpty()
                && each.stream().allMatch(it -> it instanceof Scalar scalar && scalar.value() instanceof BigDecimal);
    }

    private void tell(Node item) {
        if (item instanceof Scalar scalar) {
            literal(scalar);
        } else if (item instanceof Mapping mapping) {
            Node cidr = mapping.get("cidr");
            if (cidr instanceof Scalar block) {
                block(block);
            }
            if (ignoresCase(mapping)) {
                notes.changed(
                        item,
                        "case is ignored by Unicode's folding, so k also matches the Kelvin sign and ss matches ß;"
                                + " EventBridge compares upper and lower case of each letter");
            }
        }
    }

    private static boolean ignoresCase(Mapping mapping) {
        return mapping.get("equals-ignore-case") != null
                || mapping.members().values().stream()
                        .anyMatch(
                                operand -> operand instanceof Mapping inner && inner.get("equals-ignore-case") != null);
    }

    private void literal(Scalar literal) {
        if (literal.value() instanceof BigDecimal) {
            notes.changed(
                    literal,
                    "numbers are equal by value: 300 matches 300.0 and 3e2; AWS's documentation says that EventBridge"
                            + " compares them as written");
        } else if (literal.value() instanceof String text) {
            IpAddress address = IpAddress.parse(text);
            if (address != null && !address.isV6()) {
                notes.changed(
                        literal,
                        "an IPv4 address matches as it is spelt; EventBridge also takes 10.0.0.01 for 10.0.0.1");
            }
        }
    }

    private void block(Scalar block) {
        notes.changed(
                block,
                block.text().endsWith("/0")
                        ? "holds addresses of its own family only; EventBridge takes IPv6 addresses to be in 0.0.0.0/0"
                        : "IPv4 addresses written as IPv6 (::ffff:10.0.0.1) are not of an IPv4 block here; for EventBridge they are");
    }
}
