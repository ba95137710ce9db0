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

    /** Returns the patterns of a list without a mistake. */
    public static List<Pattern> all(String list) {
        WrittenPatterns written = of(list);
        if (!written.messages().isEmpty()) {
            throw new IllegalArgumentException(list + "\n" + String.join("\n", written.messages()));
        }
        return written.patterns();
    }

    /** Returns the one pattern of a mapping without its dash. */
    public static Pattern one(String mapping) {
        return all("- " + mapping.strip().replace("\n", "\n  ")).get(0);
    }
}
