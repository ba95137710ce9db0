package dev.weft.job.imports;

import dev.weft.config.Location;
import dev.weft.config.Mapping;
import dev.weft.config.Node;
import dev.weft.config.Problem;
import dev.weft.config.Problems;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The fields of a pattern while it is put together: names that the source wrote with dots become nested ones. */
final class PatternFields {

    private final Node source;
    private final Problems problems;
    private final Map<String, Object> members = new LinkedHashMap<>();
    private final Map<String, Location> keys = new LinkedHashMap<>();

    PatternFields(Node source, Problems problems) {
        this.source = source;
        this.problems = problems;
    }

    /** Puts what is asked of the field of that path; a field that is asked twice is a problem. */
    void put(List<String> path, Location key, Node asked) {
        String name = path.get(0);
        Object there = members.get(name);
        keys.putIfAbsent(name, key);
        if (path.size() == 1 && there == null) {
            members.put(name, asked);
        } else if (path.size() == 1 && there instanceof PatternFields fields && asked instanceof Mapping mapping) {
            mapping.members().forEach((each, value) -> fields.put(List.of(each), mapping.keyAt(each), value));
        } else if (path.size() > 1 && (there == null || there instanceof PatternFields || there instanceof Mapping)) {
            nested(name, there).put(path.subList(1, path.size()), key, asked);
        } else {
            problems.add(new Problem(
                    key, asked.path(), "the field " + name + " a second time", "each field once", Optional.empty()));
        }
    }

    private PatternFields nested(String name, @Nullable Object there) {
        if (there instanceof PatternFields fields) {
            return fields;
        }
        PatternFields fields = new PatternFields(source, problems);
        if (there instanceof Mapping mapping) {
            mapping.members().forEach((each, value) -> fields.put(List.of(each), mapping.keyAt(each), value));
        }
        members.put(name, fields);
        return fields;
    }

    Mapping mapping() {
        Map<String, Node> nodes = new LinkedHashMap<>();
        members.forEach((name, value) ->
                nodes.put(name, value instanceof PatternFields fields ? fields.mapping() : (Node) value));
        return new Mapping(source.at(), source.path(), nodes, keys);
    }
}
