package dev.weft.filter;

import dev.weft.config.Node;
import java.util.ArrayList;
import java.util.List;

/** A piece of a rule as it was written, before {@code $or} is multiplied out. */
sealed interface Part {

    /** Returns how many conjunctions {@link #expanded} makes, or {@code Long.MAX_VALUE} if more than a long holds. */
    long combinations();

    /** Returns the conjunctions that the part stands for, each a list of what it asks of fields. */
    List<List<Field>> expanded();

    /**
     * One field's list of alternatives.
     *
     * @param path the attribute's name alone, or {@code data} and the names of payload fields
     * @param insideOr whether an {@code $or} stands around it
     * @param node where it is written
     */
    record Field(List<String> path, boolean insideOr, Node node, Alternatives alternatives) implements Part {

        @Override
        public long combinations() {
            return 1;
        }

        @Override
        public List<List<Field>> expanded() {
            return List.of(List.of(this));
        }
    }

    /** All must hold. */
    record AllOf(List<Part> parts) implements Part {

        @Override
        public long combinations() {
            long product = 1;
            for (Part part : parts) {
                long factor = part.combinations();
                product = factor != 0 && product > Long.MAX_VALUE / factor ? Long.MAX_VALUE : product * factor;
            }
            return product;
        }

        @Override
        public List<List<Field>> expanded() {
            List<List<Field>> all = List.of(List.of());
            for (Part part : parts) {
                List<List<Field>> longer = new ArrayList<>();
                for (List<Field> start : all) {
                    for (List<Field> end : part.expanded()) {
                        List<Field> both = new ArrayList<>(start);
                        both.addAll(end);
                        longer.add(both);
                    }
                }
                all = longer;
            }
            return all;
        }
    }

    /** One must hold. */
    record AnyOf(List<Part> parts) implements Part {

        @Override
        public long combinations() {
            long sum = 0;
            for (Part part : parts) {
                long term = part.combinations();
                sum = sum > Long.MAX_VALUE - term ? Long.MAX_VALUE : sum + term;
            }
            return sum;
        }

        @Override
        public List<List<Field>> expanded() {
            return parts.stream().flatMap(part -> part.expanded().stream()).toList();
        }
    }
}
