package dev.weft.job.imports;

import dev.weft.config.Location;
import dev.weft.config.Mapping;
import dev.weft.config.Node;
import dev.weft.config.Problem;
import dev.weft.config.Problems;
import dev.weft.config.Scalar;
import dev.weft.config.Sequence;
import dev.weft.config.Substitution;
import dev.weft.config.YamlReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A document written inside of a text of another, as EventBridge keeps its patterns: {@code "{\"source\": [\"a\"]}"}.
 * Says for each of its characters where it stands in the file.
 */
final class Embedded {

    private final SourceFile file;
    private final Scalar scalar;
    private final String text;
    private final List<String> lines;

    Embedded(SourceFile file, Scalar scalar) {
        this.file = file;
        this.scalar = scalar;
        this.text = scalar.text();
        this.lines = file.text().lines().toList();
    }

    String text() {
        return text;
    }

    /** Reads the text as a document whose nodes stand where their characters do. */
    Optional<Node> read(Problems problems) {
        Problems inside = new Problems();
        Optional<Node> root = YamlReader.read(file.name(), text.replace('\t', ' '), Substitution.none(), inside);
        for (Problem each : inside.inReadingOrder()) {
            problems.add(new Problem(
                    moved(each.at()), moved(each.path()), each.found(), each.expected(), each.suggestion()));
        }
        return inside.isEmpty() ? root.map(this::moved) : Optional.empty();
    }

    /** Returns where the character at that place of the text stands in the file. */
    Location at(int offset) {
        String before = text.substring(0, Math.min(offset, text.length()));
        int line = (int) before.chars().filter(c -> c == '\n').count();
        int column = offset - (before.lastIndexOf('\n') + 1);
        Location start = scalar.at();
        String written = start.line() <= lines.size() ? lines.get(start.line() - 1) : "";
        String rest = written.substring(Math.min(written.length(), Math.max(0, start.column() - 1)));
        if (rest.startsWith("\"")) {
            int raw = rawOffset(rest, offset);
            return raw < 0 ? start : new Location(file.name(), start.line(), start.column() + raw);
        }
        if (rest.startsWith("|")) {
            return inBlock(line, column);
        }
        boolean onOneLine = rest.startsWith("'" + text) || rest.startsWith(text);
        return onOneLine
                ? new Location(file.name(), start.line(), start.column() + offset + (rest.startsWith("'") ? 1 : 0))
                : start;
    }

    /** The place of a character of a quoted text, which its escapes move; -1 if the text goes on in the next line. */
    private static int rawOffset(String quoted, int offset) {
        int raw = 1;
        for (int i = 0; i < offset; i++) {
            if (raw >= quoted.length()) {
                return -1;
            }
            boolean escape = quoted.charAt(raw) == '\\';
            boolean unicode = escape && raw + 1 < quoted.length() && quoted.charAt(raw + 1) == 'u';
            raw += unicode ? 6 : escape ? 2 : 1;
        }
        return raw < quoted.length() ? raw : -1;
    }

    private Location inBlock(int line, int column) {
        int first = scalar.at().line();
        int written = first;
        for (String each : (Iterable<String>) text.lines()::iterator) {
            if (!each.isBlank()) {
                break;
            }
            written++;
        }
        if (first + line >= lines.size() || written >= lines.size()) {
            return scalar.at();
        }
        int indentation = indentation(lines.get(written))
                - indentation(text.stripTrailing()
                        .lines()
                        .skip(written - first)
                        .findFirst()
                        .orElse(""));
        return new Location(file.name(), first + line + 1, indentation + column + 1);
    }

    private static int indentation(String line) {
        return line.length() - line.stripLeading().length();
    }

    private Location moved(Location inside) {
        int offset = 0;
        for (int line = 1; line < inside.line(); line++) {
            offset = text.indexOf('\n', offset) + 1;
        }
        return at(offset + inside.column() - 1);
    }

    private String moved(String path) {
        return scalar.path() + path.substring(1);
    }

    private Node moved(Node node) {
        Location at = moved(node.at());
        String path = moved(node.path());
        if (node instanceof Mapping mapping) {
            Map<String, Node> members = new LinkedHashMap<>();
            mapping.members().forEach((name, member) -> members.put(name, moved(member)));
            Map<String, Location> keys = new LinkedHashMap<>();
            mapping.keys().forEach((name, key) -> keys.put(name, moved(key)));
            return new Mapping(at, path, members, keys);
        }
        if (node instanceof Sequence sequence) {
            List<Node> items = new ArrayList<>();
            sequence.items().forEach(item -> items.add(moved(item)));
            return new Sequence(at, path, items);
        }
        Scalar leaf = (Scalar) node;
        return new Scalar(at, path, leaf.value(), leaf.text());
    }
}
