package dev.weft.job.imports;

import dev.weft.config.Location;
import dev.weft.config.Mapping;
import dev.weft.config.Node;
import dev.weft.config.Scalar;
import dev.weft.config.Sequence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes nodes of the result that stand where the part of the source stands which they say again. So Weft's own readers
 * can check the result before it is written, and a mistake is shown in the file the person has.
 */
record Placed(Location at, String path) {

    static Placed at(Node source) {
        return new Placed(source.at(), source.path());
    }

    Scalar text(String text) {
        return new Scalar(at, path, text, text);
    }

    Scalar flag(boolean value) {
        return new Scalar(at, path, value, String.valueOf(value));
    }

    Sequence list(List<? extends Node> items) {
        return new Sequence(at, path, new ArrayList<>(items));
    }

    Sequence texts(List<String> texts) {
        return list(texts.stream().map(this::text).toList());
    }

    Mapping mapping(Map<String, Node> members) {
        return new Mapping(at, path, members, Map.of());
    }

    /** Returns a mapping of one member, as operators are. */
    Mapping only(String name, Node value) {
        Map<String, Node> members = new LinkedHashMap<>();
        members.put(name, value);
        return new Mapping(at, path, members, Map.of(name, value.at()));
    }
}
