package dev.weft.route.chain;

import dev.weft.config.Field;
import dev.weft.config.Fields;
import dev.weft.config.Mapping;
import dev.weft.config.Nearest;
import dev.weft.config.Node;
import dev.weft.config.Problems;
import dev.weft.config.Scalar;
import dev.weft.config.Sequence;
import dev.weft.filter.Rule;
import dev.weft.filter.SelectionReader;
import dev.weft.route.chain.Step.Remembering;
import dev.weft.route.transform.EventValue;
import dev.weft.route.transform.TransformParser;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads the steps of a route in the language of {@code docs/chains.md}. */
public final class ChainParser {

    /** Each such step is asked at another place of the job, and an event travels from one to the next. */
    public static final int MOST_REMEMBERING = 4;

    private static final List<String> KINDS =
            List.of("filter", "transform", "tap", "sample", "firstPerWindow", "onlyOnChange");
    private static final String CHANNEL = "the name of a channel, or a list of them";
    private static final String VALUES = "a value of the event, such as data.orderId, or a list of them";
    private static final String SHARE = "a number above 0, at most 1, such as 0.1";
    private static final Duration LEAST = Duration.ofMillis(1);
    private static final Duration MOST = Duration.ofDays(366);
    private static final Duration FORGET = Duration.ofDays(1);

    private final TapReading taps;
    private final Problems problems;

    private ChainParser(TapReading taps, Problems problems) {
        this.taps = taps;
        this.problems = problems;
    }

    /** Reads the name of a channel that a tap writes. */
    public interface TapReading {

        /** Returns the channel's name; nothing if there is no such channel to write to, which is a problem. */
        Optional<String> read(Node at, Problems problems);
    }

    /** Returns the chain of these steps; those with a mistake, each of which is a problem, are left out. */
    public static Chain parse(List<Node> steps, TapReading taps, Problems problems) {
        ChainParser parser = new ChainParser(taps, problems);
        List<Step> read = new ArrayList<>();
        int remembering = 0;
        for (Node at : steps) {
            Optional<Step> step = parser.step(at);
            step.ifPresent(read::add);
            if (step.isPresent() && step.get() instanceof Remembering && ++remembering == MOST_REMEMBERING + 1) {
                problems.add(
                        at,
                        "a fifth step that remembers",
                        "at most " + MOST_REMEMBERING + " in one route: a second route can go on from a channel");
            }
        }
        return new Chain(read);
    }

    private Optional<Step> step(Node at) {
        Fields fields = Fields.of(at, problems);
        Optional<? extends Step> step = Optional.empty();
        List<String> named = KINDS.stream().filter(fields::has).toList();
        for (String kind : KINDS) {
            Field field = fields.optional(kind);
            if (fields.has(kind)) {
                step = read(kind, field);
            }
        }
        fields.close();
        if (at instanceof Mapping mapping && mapping.names().isEmpty()) {
            problems.add(at, at.described(), Nearest.list(KINDS));
        }
        if (named.size() > 1) {
            String second = at instanceof Mapping mapping
                    ? List.copyOf(mapping.names()).stream()
                            .filter(named::contains)
                            .toList()
                            .get(1)
                    : named.get(1);
            problems.add(fields.keyAt(second), fields.path(second), second + " in the same step", "a step of its own");
        }
        return step.map(it -> it);
    }

    private Optional<? extends Step> read(String kind, Field field) {
        return switch (kind) {
            case "filter" -> field.fields().flatMap(this::filter);
            case "transform" ->
                field.node("a transform")
                        .flatMap(at -> TransformParser.parse(at, problems))
                        .map(Step.Change::new);
            case "tap" -> field.node(CHANNEL).flatMap(this::tap);
            case "sample" -> field.fields().flatMap(this::sample);
            case "firstPerWindow" -> field.fields().flatMap(this::firstPerWindow);
            case "onlyOnChange" -> field.fields().flatMap(this::onlyOnChange);
            default -> throw new IllegalArgumentException(kind);
        };
    }

    private Optional<Step> filter(Fields fields) {
        Rule rule = SelectionReader.readRequired(fields, problems);
        fields.close();
        return Optional.of(new Step.Filter(rule));
    }

    private Optional<Step> tap(Node at) {
        Set<String> channels = new LinkedHashSet<>();
        for (Node item : items(at, CHANNEL)) {
            taps.read(item, problems)
                    .filter(name -> !channels.add(name))
                    .ifPresent(twice -> problems.add(item, item.described() + " a second time", "each once"));
        }
        return channels.isEmpty() ? Optional.empty() : Optional.of(new Step.Tap(List.copyOf(channels)));
    }

    private Optional<Step> sample(Fields fields) {
        Optional<Double> share = fields.required("share").node(SHARE).flatMap(this::share);
        Optional<List<EventValue>> by = values(fields.optional("by"));
        MissingKey missing = missing(fields);
        if (fields.has("missing") && !fields.has("by")) {
            problems.add(
                    fields.keyAt("missing"),
                    fields.path("missing"),
                    "missing without by",
                    "by beside it: every event has a source and an id");
        }
        fields.close();
        return share.map(it -> new Step.Sample(it, by.orElse(List.of()), missing));
    }

    private Optional<Step> firstPerWindow(Fields fields) {
        Optional<List<EventValue>> by = values(fields.required("by"));
        Optional<Duration> window = fields.required("window").duration(LEAST, MOST);
        MissingKey missing = missing(fields);
        fields.close();
        return by.flatMap(keys -> window.map(length -> new Step.FirstPerWindow(keys, length, missing)));
    }

    private Optional<Step> onlyOnChange(Fields fields) {
        Optional<List<EventValue>> by = values(fields.required("by"));
        Optional<List<EventValue>> of = values(fields.required("of"));
        Duration forget = fields.optional("forget").duration(LEAST, MOST).orElse(FORGET);
        MissingKey missing = missing(fields);
        fields.close();
        return by.flatMap(keys -> of.map(values -> new Step.OnlyOnChange(keys, values, forget, missing)));
    }

    private static MissingKey missing(Fields fields) {
        return fields.optional("missing").oneOf(MissingKey.class).orElse(MissingKey.FAIL);
    }

    private Optional<Double> share(Node at) {
        if (at instanceof Scalar scalar && scalar.value() instanceof BigDecimal share) {
            if (share.signum() > 0 && share.compareTo(BigDecimal.ONE) <= 0) {
                return Optional.of(share.doubleValue());
            }
        }
        problems.add(at, at.described(), SHARE);
        return Optional.empty();
    }

    private Optional<List<EventValue>> values(Field field) {
        return field.node(VALUES).flatMap(at -> {
            Set<EventValue> values = new LinkedHashSet<>();
            for (Node item : items(at, VALUES)) {
                EventValue.parse(item, problems)
                        .filter(value -> !values.add(value))
                        .ifPresent(twice -> problems.add(item, item.described() + " a second time", "each once"));
            }
            return values.isEmpty() ? Optional.empty() : Optional.of(List.copyOf(values));
        });
    }

    /** Returns what stands in a list; what stands for itself is a list of one. */
    private List<Node> items(Node at, String expected) {
        if (at instanceof Sequence sequence) {
            if (sequence.items().isEmpty()) {
                problems.add(at, at.described(), expected);
            }
            return sequence.items();
        }
        return List.of(at);
    }
}
