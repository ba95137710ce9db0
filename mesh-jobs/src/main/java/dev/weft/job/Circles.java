package dev.weft.job;

import dev.weft.config.Problems;
import dev.weft.config.Scalar;
import dev.weft.route.TopicNames;
import dev.weft.route.TopicNames.OneTopic;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Refuses routes and patterns that lead back to where they start: an event on such a way would circle for ever,
 * whatever the filters say.
 *
 * <p>The nodes are routes and patterns. One leads to another if it writes a topic that the other reads, by name or by
 * pattern. A search in depth meets each circle at the edge that closes it, which is where the problem is reported.
 */
final class Circles {

    private static final String EXPECTED = "a channel that does not lead back: an event would circle for ever";

    private final Channels channels;
    private final List<Leg> legs;
    private final Problems problems;
    private final Map<String, List<Integer>> readers = new HashMap<>();
    private final Set<Integer> done = new LinkedHashSet<>();
    private final List<Integer> way = new ArrayList<>();
    private final List<String> through = new ArrayList<>();

    /**
     * One route or pattern, with where its targets stand.
     *
     * @param kind which of the two
     */
    record Leg(String kind, String name, List<String> from, List<Scalar> to) {}

    Circles(Channels channels, List<Leg> legs, Problems problems) {
        this.channels = channels;
        this.legs = legs;
        this.problems = problems;
    }

    void refuse() {
        for (int leg = 0; leg < legs.size(); leg++) {
            follow(leg);
        }
    }

    private void follow(int leg) {
        if (done.contains(leg)) {
            return;
        }
        way.add(leg);
        for (Scalar target : legs.get(leg).to()) {
            through.add(target.text());
            for (int next : readersOf(target.text())) {
                int start = way.indexOf(next);
                if (start >= 0) {
                    problems.add(target, target.described() + ", " + circle(start), EXPECTED);
                } else {
                    follow(next);
                }
            }
            through.remove(through.size() - 1);
        }
        way.remove(way.size() - 1);
        done.add(leg);
    }

    private String circle(int start) {
        if (start == way.size() - 1) {
            String channel = through.get(start);
            return channels.topics(channel).map(topic -> "whose topic " + topic).orElse("which") + " the same "
                    + legs.get(way.get(start)).kind() + " reads";
        }
        StringBuilder circle = new StringBuilder("which closes the circle ");
        for (int i = start; i < way.size(); i++) {
            circle.append(legs.get(way.get(i)).name())
                    .append(" > ")
                    .append(through.get(i))
                    .append(" > ");
        }
        return circle.append(legs.get(way.get(start)).name()).toString();
    }

    /** Returns the routes that read what is written to that channel. */
    private List<Integer> readersOf(String channel) {
        return readers.computeIfAbsent(channel, it -> {
            List<Integer> found = new ArrayList<>();
            for (int leg = 0; leg < legs.size(); leg++) {
                if (legs.get(leg).from().stream().anyMatch(source -> feeds(it, source))) {
                    found.add(leg);
                }
            }
            return found;
        });
    }

    private boolean feeds(String target, String source) {
        if (target.equals(source)) {
            return true;
        }
        TopicNames written = channels.topics(target).orElse(null);
        return written instanceof OneTopic one
                && channels.topics(source)
                        .filter(read -> read.covers(one.topic()))
                        .isPresent();
    }
}
