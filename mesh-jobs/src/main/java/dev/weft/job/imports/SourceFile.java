package dev.weft.job.imports;

import dev.weft.config.Node;
import dev.weft.config.Problems;
import dev.weft.config.Substitution;
import dev.weft.config.YamlReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A file to import from.
 *
 * @param name as the person typed it
 * @param text JSON or YAML
 */
public record SourceFile(String name, String text) {

    /** Reads the one document of the file; mistakes go to {@code problems}. */
    Optional<Node> document(Problems problems) {
        return read(text, problems);
    }

    /** Reads every document of a YAML file that has something in it. */
    List<Node> documents(Problems problems) {
        List<Node> documents = new ArrayList<>();
        StringBuilder document = new StringBuilder();
        boolean empty = true;
        int line = 0;
        for (String each : (Iterable<String>) text.lines()::iterator) {
            boolean begins = each.equals("---") || each.startsWith("--- ") || each.equals("...");
            if (begins && !empty) {
                read(document.toString(), problems).ifPresent(documents::add);
            }
            if (begins) {
                // Blank lines before a document keep its lines where they are in the file.
                document.setLength(0);
                document.append("\n".repeat(line));
                empty = true;
            }
            String kept = begins ? "   " + each.substring(3) : each;
            document.append(kept).append('\n');
            empty &= kept.isBlank() || kept.stripLeading().startsWith("#") || kept.startsWith("%");
            line++;
        }
        if (!empty || documents.isEmpty()) {
            read(document.toString(), problems).ifPresent(documents::add);
        }
        return documents;
    }

    private Optional<Node> read(String document, Problems problems) {
        return YamlReader.read(name, isJson(document) ? untabbed(document) : document, Substitution.none(), problems);
    }

    private static boolean isJson(String document) {
        String start = document.stripLeading();
        return start.startsWith("{") || start.startsWith("[");
    }

    /** YAML takes no tab as indentation, JSON does; in a text of JSON there is none. */
    private static String untabbed(String json) {
        return json.replace('\t', ' ');
    }
}
