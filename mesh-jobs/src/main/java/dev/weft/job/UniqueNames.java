package dev.weft.job;

import dev.weft.config.Field;
import dev.weft.config.Problems;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Reads the names of the items of one section, of which each has one of its own. */
final class UniqueNames {

    private final Problems problems;
    private final Map<String, Integer> firstLines = new HashMap<>();

    UniqueNames(Problems problems) {
        this.problems = problems;
    }

    /** Returns the name; that another item has it already is a problem. */
    Optional<String> read(Field field) {
        Optional<String> name = field.parsed(Names.NAME, Names::name);
        name.flatMap(read -> field.node(Names.NAME)).ifPresent(at -> {
            Integer first = firstLines.putIfAbsent(name.orElseThrow(), at.at().line());
            if (first != null) {
                problems.add(
                        at, at.described() + " a second time", "a name of its own: that one stands on line " + first);
            }
        });
        return name;
    }
}
