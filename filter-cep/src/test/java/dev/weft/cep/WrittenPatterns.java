package dev.weft.cep;

import dev.weft.config.Node;
import dev.weft.config.Problem;
import dev.weft.config.Problems;
import dev.weft.config.Sequence;
import dev.weft.config.Substitution;
import dev.weft.config.YamlReader;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Patterns as a person writes them, in YAML, and what the reader makes of them. */
public record WrittenPatterns(List<Pattern> patterns, List<String> messages) {

    public static WrittenPatterns of(String text) {
        Problems problems = new Problems();
        Optional<Node> node = YamlReader.read("job.yaml", text, Substitution.from(Map.of()), problems);
        List<Pattern> patterns = node.map(list -> PatternsReader.read(((Sequence) list).items(), problems))
                .orElse(List.of());
        return new WrittenPatterns(
                patterns,
                problems.inReadingOrder().stream().map(Problem::message).toList());
    }

    /** Returns the one pattern of a mapping without its dash. */
    public static Pattern one(String mapping) {
        WrittenPatterns written = of("- " + mapping.strip().replace("\n", "\n  "));
        if (!written.messages().isEmpty()) {
            throw new IllegalArgumentException(mapping + "\n" + String.join("\n", written.messages()));
        }
        return written.patterns().get(0);
    }
}
