package dev.weft.config;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Reads YAML 1.2 or JSON, one document or several, into {@link Node nodes} that know their place.
 *
 * <p>Stricter than YAML where YAML hides mistakes: a key stands once, keys are text, merge keys, tags beyond the core
 * schema and a second document are refused. What a file can cost is bounded: 1 MiB of text, {@value #DEEPEST} levels,
 * {@value #MOST_ALIASED} nodes copied by aliases.
 */
public final class YamlReader {

    static final int LONGEST = 1 << 20;
    static final int DEEPEST = 100;
    static final int MOST_ALIASED = 10_000;

    private YamlReader() {}

    /**
     * Reads {@code text}; mistakes go to {@code problems}. Without a result there is at least one problem; with one
     * there may be: the rest of the document is still worth checking.
     *
     * @param file the name that problems give
     */
    public static Optional<Node> read(String file, String text, Substitution substitution, Problems problems) {
        List<Node> roots = read(
                file,
                text,
                problems,
                events -> List.of(new TreeReader(file, events, substitution, problems).document()));
        return roots.stream().findFirst();
    }

    /**
     * As {@link #read}, of a text that may hold several documents. Those without anything in them are left out; where
     * there are no others, that is a problem. A document that cannot be read is the last one that is.
     */
    public static List<Node> readAll(String file, String text, Substitution substitution, Problems problems) {
        List<Node> roots = new ArrayList<>();
        var unused = read(file, text, problems, events -> {
            new TreeReader(file, events, substitution, problems).documents(roots);
            return roots;
        });
        return roots;
    }

    private static List<Node> read(String file, String text, Problems problems, Reading reading) {
        String content = text.startsWith("\uFEFF") ? text.substring(1) : text;
        if (content.length() > LONGEST) {
            problems.add(new Location(file, 1, 1), "$", content.length() + " characters", "at most " + LONGEST);
            return List.of();
        }
        try {
            LoadSettings settings = LoadSettings.builder()
                    .setLabel(file)
                    .setCodePointLimit(LONGEST)
                    .build();
            return reading.read(new Parse(settings).parseString(content).iterator());
        } catch (Unreadable unreadable) {
            problems.add(unreadable.problem());
        } catch (MarkedYamlEngineException e) {
            Location at = e.getProblemMark().map(mark -> place(file, mark)).orElse(new Location(file, 1, 1));
            problems.add(at, "$", "a mistake in the YAML: " + explained(e), "a YAML or JSON document");
        } catch (ReaderException e) {
            String character = "the character U+%04X".formatted(e.getCodePoint());
            problems.add(place(file, content, e.getPosition()), "$", character, "printable text");
        } catch (YamlEngineException e) {
            problems.add(
                    new Location(file, 1, 1),
                    "$",
                    "a mistake in the YAML: " + e.getMessage(),
                    "a YAML or JSON document");
        }
        return List.of();
    }

    /** Makes nodes of the parser's events. */
    private interface Reading {
        List<Node> read(Iterator<Event> events) throws Unreadable;
    }

    static Location place(String file, Mark mark) {
        return new Location(file, mark.getLine() + 1, mark.getColumn() + 1);
    }

    private static Location place(String file, String content, int codePoints) {
        int end = content.offsetByCodePoints(0, Math.min(codePoints, content.codePointCount(0, content.length())));
        List<String> before = content.substring(0, end).lines().toList();
        boolean startsLine = before.isEmpty() || content.charAt(end - 1) == '\n';
        String last = startsLine ? "" : before.get(before.size() - 1);
        return new Location(file, before.size() + (startsLine ? 1 : 0), last.codePointCount(0, last.length()) + 1);
    }

    private static String explained(MarkedYamlEngineException e) {
        String problem = e.getProblem() == null ? "it cannot be read" : e.getProblem();
        String context = e.getContext() == null ? "" : e.getContext() + ", ";
        return context + problem;
    }

    /** The document cannot be read on from here. */
    static final class Unreadable extends Exception {

        private static final long serialVersionUID = 1L;

        private final transient Problem problem;

        Unreadable(Location at, String path, String found, String expected) {
            super(found);
            this.problem = new Problem(at, path, found, expected, Optional.empty());
        }

        Problem problem() {
            return problem;
        }
    }
}
