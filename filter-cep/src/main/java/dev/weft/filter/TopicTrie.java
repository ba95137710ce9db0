package dev.weft.filter;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Finds those of many {@link TopicFilter}s that match a text, in a time that depends on how many of them share its
 * first levels and not on how many there are.
 */
final class TopicTrie {

    /*
     * A tree with a level on each edge. All its edges lie in one table, found by the node they leave and the characters
     * of the level: no substring is made. From a node at most two edges are followed, the level's own and the wildcard's.
     */

    private static final int NONE = -1;
    private static final int ROOT = 0;

    /** For each edge, at its place in the table: the node it leaves, its level, and the node it leads to. */
    private final int[] parents;

    private final @Nullable String[] levels;
    private final int[] children;

    /** For each node: where {@code +} leads, whose filters end there, and whose filters end there in {@code #}. */
    private final int[] anyLevel;

    private final @Nullable Gate[] ends;
    private final @Nullable Gate[] rests;

    private TopicTrie(List<Draft.Node> nodes, IntSupplier gateNumbers) {
        int size = Integer.highestOneBit(nodes.size()) * 4;
        this.parents = new int[size];
        this.levels = new String[size];
        this.children = new int[size];
        this.anyLevel = new int[nodes.size()];
        this.ends = new Gate[nodes.size()];
        this.rests = new Gate[nodes.size()];
        Arrays.fill(anyLevel, NONE);
        for (Draft.Node node : nodes) {
            ends[node.number] = node.end == null ? null : node.end.finish(gateNumbers.getAsInt());
            rests[node.number] = node.rest == null ? null : node.rest.finish(gateNumbers.getAsInt());
            node.below.forEach((level, below) -> add(node.number, level, below.number));
        }
    }

    private void add(int parent, String level, int child) {
        if (level.equals(TopicFilter.ANY_LEVEL)) {
            anyLevel[parent] = child;
            return;
        }
        int slot = hash(parent, level, 0, level.length()) & levels.length - 1;
        while (levels[slot] != null) {
            slot = slot + 1 & levels.length - 1;
        }
        parents[slot] = parent;
        levels[slot] = level;
        children[slot] = child;
    }

    /** Passes the gates of the filters that match. */
    void open(String topic, SegmentWalk walk) {
        if (!topic.isEmpty()) {
            visit(ROOT, topic, 0, walk);
        }
    }

    /** There is one more level, which begins at {@code from}. */
    private void visit(int node, String topic, int from, SegmentWalk walk) {
        int slash = topic.indexOf('/', from);
        int end = slash < 0 ? topic.length() : slash;
        follow(find(node, topic, from, end), topic, end, walk);
        if (from > 0 || topic.charAt(0) != '$') {
            pass(rests[node], walk);
            follow(anyLevel[node], topic, end, walk);
        }
    }

    private void follow(int node, String topic, int end, SegmentWalk walk) {
        if (node == NONE) {
            return;
        }
        if (end < topic.length()) {
            visit(node, topic, end + 1, walk);
        } else {
            pass(ends[node], walk);
            pass(rests[node], walk);
        }
    }

    private static void pass(@Nullable Gate gate, SegmentWalk walk) {
        if (gate != null) {
            walk.pass(gate);
        }
    }

    private int find(int parent, String topic, int from, int to) {
        int slot = hash(parent, topic, from, to) & levels.length - 1;
        for (String level = levels[slot]; level != null; level = levels[slot]) {
            if (parents[slot] == parent && level.length() == to - from && topic.startsWith(level, from)) {
                return children[slot];
            }
            slot = slot + 1 & levels.length - 1;
        }
        return NONE;
    }

    private static int hash(int parent, String text, int from, int to) {
        int hash = parent;
        for (int i = from; i < to; i++) {
            hash = hash * 31 + text.charAt(i);
        }
        int product = hash * 0x9E3779B9;
        return product ^ product >>> 15;
    }

    void addTo(Footprint footprint) {
        footprint.object(24).ints(parents.length).references(levels.length).ints(children.length);
        footprint.ints(anyLevel.length).references(ends.length).references(rests.length);
        Gate.addTo(footprint, ends);
        Gate.addTo(footprint, rests);
        for (String level : levels) {
            if (level != null) {
                footprint.text(level);
            }
        }
    }

    /** A trie while it is being filled. */
    static final class Draft {
        private final List<Node> nodes = new ArrayList<>();

        private static final class Node {
            private final int number;
            private final Map<String, Node> below = new LinkedHashMap<>();
            private Gate.@Nullable Draft end;
            private Gate.@Nullable Draft rest;

            Node(int number) {
                this.number = number;
            }
        }

        void add(TopicFilter filter, Branch branch, boolean isSure) {
            Node at = nodes.isEmpty() ? newNode() : nodes.get(ROOT);
            for (String level : filter.levels()) {
                at = at.below.computeIfAbsent(level, any -> newNode());
            }
            if (filter.isOpen()) {
                at.rest = at.rest == null ? new Gate.Draft() : at.rest;
                at.rest.add(branch, isSure);
            } else {
                at.end = at.end == null ? new Gate.Draft() : at.end;
                at.end.add(branch, isSure);
            }
        }

        private Node newNode() {
            Node node = new Node(nodes.size());
            nodes.add(node);
            return node;
        }

        /** Returns the trie; null if nothing was added. */
        @Nullable
        TopicTrie finish(IntSupplier gateNumbers) {
            return nodes.isEmpty() ? null : new TopicTrie(nodes, gateNumbers);
        }
    }
}
