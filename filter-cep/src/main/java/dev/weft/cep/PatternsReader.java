package dev.weft.cep;

import dev.weft.config.Fields;
import dev.weft.config.Node;
import dev.weft.config.Problems;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads patterns in the language of {@code docs/patterns.md}. */
public final class PatternsReader {

    private PatternsReader() {}

    /** Returns the patterns; those with a mistake, each of which is a problem, are left out. */
    public static List<Pattern> read(List<Node> patterns, Problems problems) {
        List<Pattern> read = new ArrayList<>();
        Map<String, Integer> lines = new HashMap<>();
        for (Node at : patterns) {
            Fields fields = Fields.of(at, problems);
            Optional<Pattern> pattern = new PatternReading(fields, problems).read();
            if (fields.optional("id").node("text").isPresent()) {
                refuseTwice(fields, lines, problems);
            }
            pattern.ifPresent(read::add);
        }
        return read;
    }

    private static void refuseTwice(Fields fields, Map<String, Integer> lines, Problems problems) {
        Node id = fields.optional("id").node("text").orElseThrow();
        Integer first = lines.putIfAbsent(id.described(), id.at().line());
        if (first != null) {
            problems.add(
                    id, "the id " + id.described() + " a second time", "each once: it first stands on line " + first);
        }
    }
}
