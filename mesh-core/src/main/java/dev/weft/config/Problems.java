package dev.weft.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Every mistake found so far in what is being read. Reading goes on after a mistake, so that all are reported at once.
 */
public final class Problems {

    private final List<Problem> found = new ArrayList<>();

    /** Records that {@code node} is not what was expected there. Both texts complete "found ..., expected ...". */
    public void add(Node node, String found, String expected) {
        add(new Problem(node.at(), node.path(), found, expected, Optional.empty()));
    }

    /**
     * Records that {@code node} holds {@code found} where only one of {@code accepted} may stand, and suggests the
     * nearest of them when it is near enough to be a typo.
     */
    public void addUnknown(Node node, String what, String found, Collection<String> accepted) {
        addUnknown(node.at(), node.path(), what, found, accepted);
    }

    /** As {@link #addUnknown(Node, String, String, Collection)}, for a place that is not a node: a key. */
    public void addUnknown(Location at, String path, String what, String found, Collection<String> accepted) {
        add(new Problem(
                at,
                path,
                "unknown " + what + " \"" + found + "\"",
                Nearest.list(accepted),
                Nearest.to(found, accepted)));
    }

    /** Records a problem at a place that is not a node. Both texts complete "found ..., expected ...". */
    public void add(Location at, String path, String found, String expected) {
        add(new Problem(at, path, found, expected, Optional.empty()));
    }

    /** Records a problem made elsewhere. */
    public void add(Problem problem) {
        found.add(problem);
    }

    /** Returns whether nothing was found. */
    public boolean isEmpty() {
        return found.isEmpty();
    }

    /** Returns how many problems there are: compare two counts to learn whether a part was read without any. */
    public int count() {
        return found.size();
    }

    /** Returns whether something was found wrong with just this node, so that nothing more need be said of it. */
    public boolean concern(Node node) {
        return found.stream()
                .anyMatch(problem ->
                        problem.at().equals(node.at()) && problem.path().equals(node.path()));
    }

    /** Returns the problems in reading order. */
    public List<Problem> inReadingOrder() {
        return found.stream().sorted(Problem.IN_READING_ORDER).distinct().toList();
    }
}
