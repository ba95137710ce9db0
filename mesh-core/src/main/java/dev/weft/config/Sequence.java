package dev.weft.config;

import java.util.List;

/**
 * Values in order.
 *
 * @param items the values
 */
public record Sequence(Location at, String path, List<Node> items) implements Node {

    public Sequence {
        items = List.copyOf(items);
    }

    @Override
    public String described() {
        return items.isEmpty() ? "an empty list" : "a list";
    }
}
