package dev.weft.config;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One field of {@link Fields}, to be read as what it should be. Every reading returns nothing where the field is absent
 * or not of that form; the latter, and the absence of a required field, is a problem then.
 */
public final class Field {

    private final Fields parent;
    private final String key;
    private final @Nullable Node node;
    private final boolean required;
    private final Problems problems;

    Field(Fields parent, String key, @Nullable Node node, boolean required, Problems problems) {
        this.parent = parent;
        this.key = key;
        this.node = node;
        this.required = required;
        this.problems = problems;
    }

    /** Reads the field as it stands; {@code expected} says what should be there if it is missing. */
    public Optional<Node> node(String expected) {
        if (node == null) {
            if (required) {
                parent.reportMissing(key, expected);
            }
            return Optional.empty();
        }
        return problems.concern(node) ? Optional.empty() : Optional.of(node);
    }

    /** Reads text that is not blank. */
    public Optional<String> text() {
        return parsed("text", text -> text.isBlank() ? Optional.empty() : Optional.of(text));
    }

    /**
     * Reads text of a form: {@code parse} returns nothing for text that has not the form {@code expected} describes.
     */
    public <T> Optional<T> parsed(String expected, Function<String, Optional<T>> parse) {
        return node(expected).flatMap(at -> {
            Optional<T> read = at instanceof Scalar scalar && scalar.value() != null
                    ? parse.apply(scalar.text())
                    : Optional.empty();
            if (at instanceof Scalar scalar && scalar.value() instanceof String && read.isPresent()) {
                return read;
            }
            problems.add(at, at.described(), expected + (read.isPresent() ? ", in quotes" : ""));
            return Optional.empty();
        });
    }

    /** Reads the one text that may stand here, and returns whether it does. */
    public boolean is(String accepted) {
        return parsed(accepted, text -> Optional.of(text).filter(accepted::equals))
                .isPresent();
    }

    /** Reads a boolean. */
    public Optional<Boolean> flag() {
        return node("true or false").flatMap(at -> {
            if (at instanceof Scalar scalar && scalar.value() instanceof Boolean flag) {
                return Optional.of(flag);
            }
            problems.add(at, at.described(), "true or false");
            return Optional.empty();
        });
    }

    /** Reads a whole number between two bounds, both included. */
    public Optional<Integer> integer(int least, int most) {
        String expected = "a whole number from " + least + " to " + most;
        return node(expected).flatMap(at -> {
            if (at instanceof Scalar scalar && scalar.value() instanceof BigDecimal number) {
                boolean within = number.compareTo(BigDecimal.valueOf(least)) >= 0
                        && number.compareTo(BigDecimal.valueOf(most)) <= 0;
                if (within && number.stripTrailingZeros().scale() <= 0) {
                    return Optional.of(number.intValueExact());
                }
            }
            boolean quoted = at instanceof Scalar scalar
                    && scalar.value() instanceof String text
                    && CoreSchema.value(text) instanceof BigDecimal;
            problems.add(at, at.described(), expected + (quoted ? ", without quotes" : ""));
            return Optional.empty();
        });
    }

    /** Reads a duration between two bounds, both included. */
    public Optional<Duration> duration(Duration least, Duration most) {
        return parsed(DurationText.EXPECTED, DurationText::parse)
                .filter(duration -> within(
                        duration.compareTo(least) >= 0 && duration.compareTo(most) <= 0,
                        DurationText.of(least),
                        DurationText.of(most)));
    }

    /** Reads a size in bytes between two bounds, both included. */
    public Optional<Long> size(long least, long most) {
        return parsed(SizeText.EXPECTED, SizeText::parse)
                .filter(size -> within(size >= least && size <= most, SizeText.of(least), SizeText.of(most)));
    }

    /** Reads a constant by its name in lower case with hyphens: {@code AT_LEAST_ONCE} is {@code at-least-once}. */
    public <E extends Enum<E>> Optional<E> oneOf(Class<E> type) {
        Map<String, E> accepted = new LinkedHashMap<>();
        for (E constant : type.getEnumConstants()) {
            accepted.put(constant.name().toLowerCase(Locale.ROOT).replace('_', '-'), constant);
        }
        return node(Nearest.list(accepted.keySet())).flatMap(at -> {
            if (!(at instanceof Scalar scalar && scalar.value() instanceof String text)) {
                problems.add(at, at.described(), Nearest.list(accepted.keySet()));
                return Optional.empty();
            }
            if (!accepted.containsKey(text)) {
                problems.add(new Problem(
                        at.at(),
                        at.path(),
                        at.described(),
                        Nearest.list(accepted.keySet()),
                        Nearest.to(text.replace('_', '-'), accepted.keySet())));
            }
            return Optional.ofNullable(accepted.get(text));
        });
    }

    /** Reads a mapping. The caller closes the result. */
    public Optional<Fields> fields() {
        return node("a mapping").flatMap(at -> {
            Fields fields = Fields.of(at, problems);
            return at instanceof Mapping ? Optional.of(fields) : Optional.empty();
        });
    }

    /** Reads a list of at least one item; {@code item} says what an item is, such as "a route". */
    public Optional<List<Node>> items(String item) {
        String expected = "a list, with at least " + item;
        return node(expected).flatMap(at -> {
            if (at instanceof Sequence sequence && !sequence.items().isEmpty()) {
                return Optional.of(sequence.items());
            }
            problems.add(at, at.described(), expected);
            return Optional.empty();
        });
    }

    /** Reads a list of at least one text, none twice; keeps those that are, for the checks that follow. */
    public Optional<List<Scalar>> texts(String item) {
        return items(item).map(items -> {
            Map<String, Scalar> texts = new LinkedHashMap<>();
            for (Node at : items) {
                if (!(at instanceof Scalar scalar && scalar.value() instanceof String text)) {
                    problems.add(at, at.described(), item);
                } else if (texts.putIfAbsent(text, scalar) != null) {
                    problems.add(at, at.described() + " a second time", "each once");
                }
            }
            return new ArrayList<>(texts.values());
        });
    }

    private boolean within(boolean holds, String least, String most) {
        if (!holds && node != null) {
            problems.add(node, node.described(), "from " + least + " to " + most);
        }
        return holds;
    }
}
