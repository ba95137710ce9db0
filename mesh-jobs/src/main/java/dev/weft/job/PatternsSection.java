package dev.weft.job;

import dev.weft.cep.Pattern;
import dev.weft.cep.PatternsReader;
import dev.weft.config.Mapping;
import dev.weft.config.Node;
import dev.weft.config.Problems;
import dev.weft.config.Scalar;
import dev.weft.route.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads {@code spec.patterns}: what a pattern is, {@link PatternsReader} knows; here, its channels are looked up. */
final class PatternsSection {

    private final Channels channels;
    private final Set<String> targets;
    private final Optional<String> deadLetter;
    private final Problems problems;
    private final List<Circles.Leg> legs = new ArrayList<>();

    PatternsSection(Channels channels, Set<String> targets, Optional<String> deadLetter, Problems problems) {
        this.channels = channels;
        this.targets = targets;
        this.deadLetter = deadLetter;
        this.problems = problems;
    }

    /**
     * Returns the patterns.
     *
     * @param routes what they read is what a pattern reads that says nothing of it
     */
    List<Pattern> read(List<Node> items, List<Route> routes) {
        List<Pattern> patterns = PatternsReader.read(items, problems);
        List<String> usual = routes.stream()
                .flatMap(route -> route.from().stream())
                .distinct()
                .toList();
        items.forEach(item -> lookUp(item, usual));
        return patterns.stream()
                .map(pattern -> pattern.from().isEmpty() ? pattern.reading(usual) : pattern)
                .toList();
    }

    private void lookUp(Node item, List<String> usual) {
        if (!(item instanceof Mapping pattern)) {
            return; // told where patterns are read
        }
        List<Scalar> from = OwnChannel.names(pattern, "from");
        List<Scalar> to = OwnChannel.names(pattern, "to");
        if (pattern.get("from") == null && usual.isEmpty()) {
            problems.add(pattern.at(), pattern.path() + ".from", "nothing", "the channels whose events it looks at");
        }
        if (pattern.get("to") == null) {
            problems.add(pattern.at(), pattern.path() + ".to", "nothing", "the channels that its events go to");
        }
        from.forEach(at -> {
            channels.named(at, problems);
            channels.refuseDeadLetter(at, deadLetter, problems);
        });
        List<Scalar> written = to.stream().filter(this::isWritable).toList();
        String id = pattern.get("id") instanceof Scalar name ? name.text() : "a pattern without an id";
        List<String> read =
                from.isEmpty() ? usual : from.stream().map(Scalar::text).toList();
        legs.add(new Circles.Leg("pattern", id, read, written));
    }

    private boolean isWritable(Scalar at) {
        if (targets.contains(at.text())) {
            problems.add(at, "the target " + at.described(), "a channel: a route from there can lead to the target");
            return false;
        }
        return channels.target(at, problems).isPresent();
    }

    /** Returns from where to where the patterns lead that were read. */
    List<Circles.Leg> legs() {
        return legs;
    }
}
