package dev.weft.job;

import dev.weft.config.Mapping;
import dev.weft.config.Node;
import dev.weft.config.Problems;
import dev.weft.config.Scalar;
import dev.weft.config.Sequence;
import dev.weft.route.TopicNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the name of a channel that the job needs for itself, such as {@code spec.control}, and keeps everything else
 * off that channel.
 */
final class OwnChannel {

    private final String kind;
    private final String purpose;
    private final Channels channels;
    private final Problems problems;

    /**
     * Makes one.
     *
     * @param kind what the channel is called, such as {@code control}
     * @param purpose what is to stand there alone, such as {@code the job's rules}
     */
    OwnChannel(String kind, String purpose, Channels channels, Problems problems) {
        this.kind = kind;
        this.purpose = purpose;
        this.channels = channels;
        this.problems = problems;
    }

    /**
     * Reads the channel's name.
     *
     * @param taken the names of channels that are something else, by what they are
     * @param routes the items of {@code spec.routes} and the like, which read and write
     * @param targets the members of {@code spec.targets}
     * @param egress where the channels stand that functions write to
     */
    Optional<String> read(
            Node at, Map<String, Optional<String>> taken, List<Node> routes, List<Node> targets, List<Scalar> egress) {
        Optional<String> own = channels.target(at, problems);
        for (Map.Entry<String, Optional<String>> other : taken.entrySet()) {
            if (own.isPresent() && own.equals(other.getValue())) {
                String found = at.described() + ", which is the " + other.getKey() + " channel";
                problems.add(at, found, "a channel of its own");
                return Optional.empty();
            }
        }
        own.ifPresent(name -> {
            routes.forEach(route -> refuseIn(route, name));
            targets.forEach(target -> refuseReplies(target, name));
            egress.forEach(to -> refuse(to, name));
        });
        return own;
    }

    private void refuseReplies(Node target, String own) {
        if (target instanceof Mapping fields && fields.get("replyTo") instanceof Scalar to) {
            refuse(to, own);
        }
    }

    private void refuse(Scalar at, String own) {
        if (at.text().equals(own)) {
            String expected = "another channel: the %s channel is for %s alone".formatted(kind, purpose);
            problems.add(at, "the %s channel %s".formatted(kind, at.described()), expected);
        }
    }

    private void refuseIn(Node route, String own) {
        for (Scalar from : names(route, "from")) {
            refuse(from, own);
            if (!from.text().equals(own) && covers(from.text(), own)) {
                problems.add(
                        from,
                        "%s, whose pattern matches the %s channel's topic".formatted(from.described(), kind),
                        "a pattern that does not: there stand %s".formatted(purpose));
            }
        }
        written(route).forEach(to -> refuse(to, own));
    }

    private boolean covers(String source, String own) {
        Optional<TopicNames> written = channels.topics(own);
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

    /** Returns the names of a list; what is no list of names is told where routes and patterns are read. */
    static List<Scalar> names(Node route, String member) {
        Node names = route instanceof Mapping fields ? fields.get(member) : null;
        List<Node> all = names instanceof Sequence list ? list.items() : List.of();
        return all.stream()
                .filter(Scalar.class::isInstance)
                .map(Scalar.class::cast)
                .toList();
    }
}
