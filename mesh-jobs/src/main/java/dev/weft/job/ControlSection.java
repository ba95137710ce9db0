package dev.weft.job;

import dev.weft.config.Mapping;
import dev.weft.config.Node;
import dev.weft.config.Problems;
import dev.weft.config.Scalar;
import dev.weft.config.Sequence;
import dev.weft.route.TopicNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads {@code spec.control}, and keeps everything else off that channel: what stands there changes the rules. */
final class ControlSection {

    private static final String ITS_OWN = "another channel: the control channel is for the job's rules alone";

    private final Channels channels;
    private final Optional<String> deadLetter;
    private final Problems problems;

    ControlSection(Channels channels, Optional<String> deadLetter, Problems problems) {
        this.channels = channels;
        this.deadLetter = deadLetter;
        this.problems = problems;
    }

    /** Reads the channel's name; {@code routes} are the items of {@code spec.routes}. */
    Optional<String> read(Node at, List<Node> routes) {
        Optional<String> control = channels.target(at, problems);
        if (control.isPresent() && control.equals(deadLetter)) {
            problems.add(at, at.described() + ", which is the dead letter channel", "a channel of its own");
            return Optional.empty();
        }
        control.ifPresent(name -> routes.forEach(route -> refuseIn(route, name)));
        return control;
    }

    private void refuseIn(Node route, String control) {
        for (Scalar from : names(route, "from")) {
            if (from.text().equals(control)) {
                problems.add(from, "the control channel " + from.described(), ITS_OWN);
            } else if (covers(from.text(), control)) {
                problems.add(
                        from,
                        from.described() + ", whose pattern matches the control channel's topic",
                        "a pattern that does not: what stands there changes the rules");
            }
        }
        for (Scalar to : written(route)) {
            if (to.text().equals(control)) {
                problems.add(to, "the control channel " + to.described(), ITS_OWN);
            }
        }
    }

    private boolean covers(String source, String control) {
        Optional<TopicNames> written = channels.topics(control);
        return written.isPresent()
                && written.get() instanceof TopicNames.OneTopic topic
                && channels.topics(source)
                        .filter(read -> read.covers(topic.topic()))
                        .isPresent();
    }

    /** What a route names as its channels, and what its steps tap into. */
    private static List<Scalar> written(Node route) {
        List<Scalar> written = new ArrayList<>(names(route, "to"));
        if (route instanceof Mapping fields && fields.get("steps") instanceof Sequence steps) {
            for (Node step : steps.items()) {
                if (step instanceof Mapping members && members.get("tap") instanceof Scalar tap) {
                    written.add(tap);
                }
            }
        }
        return written;
    }

    /** What is no list of names is told where routes are read. */
    private static List<Scalar> names(Node route, String member) {
        Node names = route instanceof Mapping fields ? fields.get(member) : null;
        List<Node> all = names instanceof Sequence list ? list.items() : List.of();
        return all.stream()
                .filter(Scalar.class::isInstance)
                .map(Scalar.class::cast)
                .toList();
    }
}
