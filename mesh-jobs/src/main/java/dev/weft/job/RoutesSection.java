package dev.weft.job;

import dev.weft.config.Field;
import dev.weft.config.Fields;
import dev.weft.config.Node;
import dev.weft.config.Problems;
import dev.weft.config.Scalar;
import dev.weft.filter.Rule;
import dev.weft.filter.SelectionReader;
import dev.weft.route.Route;
import dev.weft.route.chain.Chain;
import dev.weft.route.chain.ChainParser;
import dev.weft.route.transform.Transform;
import dev.weft.route.transform.TransformParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads {@code spec.routes}. */
final class RoutesSection {

    private final Channels channels;
    private final Set<String> targets;
    private final Optional<String> deadLetter;
    private final Problems problems;
    private final UniqueNames names;
    private final List<Circles.Leg> legs = new ArrayList<>();

    /**
     * Makes one.
     *
     * @param targets their names
     */
    RoutesSection(Channels channels, Set<String> targets, Optional<String> deadLetter, Problems problems) {
        this.channels = channels;
        this.targets = targets;
        this.deadLetter = deadLetter;
        this.problems = problems;
        this.names = new UniqueNames(problems);
    }

    List<Route> read(List<Node> items) {
        List<Route> routes = new ArrayList<>();
        for (Node item : items) {
            Fields fields = Fields.of(item, problems);
            Optional<String> name = names.read(fields.required("name"));
            fields.optional("description").text();
            List<Scalar> from = channelsOf(fields.required("from"), channels::named);
            from.forEach(at -> channels.refuseDeadLetter(at, deadLetter, problems));
            Rule where = SelectionReader.read(fields, problems);
            Transform transform = fields.optional("transform")
                    .node("a transform")
                    .flatMap(at -> TransformParser.parse(at, problems))
                    .orElse(null);
            List<Scalar> written = new ArrayList<>();
            Chain steps = steps(fields, written);
            List<String> push = new ArrayList<>();
            List<Scalar> to = channelsOf(
                    fields.required("to"),
                    (at, found) -> isTarget(at, push) ? Optional.empty() : destination(at, found));
            fields.close();
            written.addAll(to);
            String shown = name.orElse("a route without a name");
            routes.add(new Route(shown, texts(from), where, transform, steps, texts(to), push));
            legs.add(new Circles.Leg("route", shown, texts(from), written));
        }
        return routes;
    }

    /** Returns from where to where the routes lead that were read. */
    List<Circles.Leg> legs() {
        return legs;
    }

    /** Adds the channels that taps name to {@code written}. */
    private Chain steps(Fields fields, List<Scalar> written) {
        Optional<Chain> steps = fields.optional("steps")
                .items("one step")
                .map(items -> ChainParser.parse(items, (at, found) -> tapped(at, found, written), problems));
        if (fields.has("steps") && fields.has("transform")) {
            problems.add(
                    fields.keyAt("transform"),
                    fields.path("transform"),
                    "transform beside steps",
                    "one of the two: a transform can be one of the steps");
        }
        return steps.orElse(Chain.EMPTY);
    }

    private Optional<String> tapped(Node at, Problems found, List<Scalar> written) {
        Optional<String> channel = channels.target(at, found);
        if (channel.isPresent() && at instanceof Scalar scalar) {
            written.add(scalar);
        }
        return channel;
    }

    /** Adds the name to {@code push} if it is that of a target. */
    private boolean isTarget(Node at, List<String> push) {
        return at instanceof Scalar scalar && targets.contains(scalar.text()) && push.add(scalar.text());
    }

    private Optional<String> destination(Node at, Problems found) {
        if (targets.isEmpty()
                || !(at instanceof Scalar scalar)
                || channels.names().contains(scalar.text())) {
            return channels.target(at, found);
        }
        List<String> known = new ArrayList<>(channels.names());
        known.addAll(targets);
        found.addUnknown(at, "channel or target", scalar.text(), known);
        return Optional.empty();
    }

    private List<Scalar> channelsOf(Field field, ChannelReading reading) {
        return field.texts("one channel's name").orElse(List.of()).stream()
                .filter(at -> reading.read(at, problems).isPresent())
                .toList();
    }

    private static List<String> texts(List<Scalar> scalars) {
        return scalars.stream().map(Scalar::text).toList();
    }

    private interface ChannelReading {
        Optional<String> read(Node at, Problems problems);
    }
}
