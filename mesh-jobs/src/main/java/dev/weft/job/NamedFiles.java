package dev.weft.job;

import dev.weft.config.Mapping;
import dev.weft.config.Node;
import dev.weft.config.Problems;
import dev.weft.config.Scalar;
import dev.weft.config.Sequence;
import dev.weft.config.Substitution;
import dev.weft.config.YamlReader;
import dev.weft.workflow.parts.Documents;
import dev.weft.workflow.read.DefinitionReader;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The files that a job config names and that must travel with it: schemas, modules of functions, workflows and what
 * these refer to. They travel as variables do, under a name that no {@code ${NAME}} can have, so that the config means
 * the same wherever it is read.
 */
public final class NamedFiles {

    private static final String PREFIX = "file:";

    private NamedFiles() {}

    /** Returns the variable whose value is the text of the file. */
    public static String variable(String path) {
        return PREFIX + path;
    }

    /**
     * Returns the text of the file that {@code at} names; nothing if there was a problem.
     *
     * @param expected what should stand there
     */
    static Optional<String> text(Node at, Map<String, String> environment, Problems problems, String expected) {
        if (!(at instanceof Scalar scalar && scalar.value() instanceof String path)) {
            problems.add(at, at.described(), expected);
            return Optional.empty();
        }
        String text = environment.get(variable(path));
        if (text == null) {
            problems.add(at, at.described() + ", which cannot be read", expected);
        }
        return Optional.ofNullable(text);
    }

    /** Returns whether the variable's value is the text of a file. */
    public static boolean isVariable(String name) {
        return name.startsWith(PREFIX);
    }

    /** Returns the paths as the config names them; what cannot be read of the config names none. */
    public static Set<String> namedIn(String text, Map<String, String> environment) {
        Set<String> paths = new LinkedHashSet<>();
        Optional<Node> root = YamlReader.read("", text, Substitution.from(environment), new Problems());
        Node payloads = member(member(root.orElse(null), "spec"), "payloads");
        if (payloads instanceof Sequence list) {
            for (Node item : list.items()) {
                if (member(member(item, "schema"), "file") instanceof Scalar path) {
                    paths.add(path.text());
                }
            }
        }
        if (member(member(root.orElse(null), "spec"), "functions") instanceof Sequence list) {
            for (Node item : list.items()) {
                if (member(item, "module") instanceof Scalar path) {
                    paths.add(path.text());
                }
            }
        }
        paths.addAll(workflowsIn(root.orElse(null)));
        return paths;
    }

    /**
     * Returns the paths of what the workflows of a config refer to, from the config's folder, as far as it is not known
     * yet: what a file says decides what is looked for.
     *
     * @param environment holds the workflows' own texts
     */
    public static Set<String> namedByWorkflows(String text, Map<String, String> environment) {
        Set<String> paths = new LinkedHashSet<>();
        Optional<Node> root = YamlReader.read("", text, Substitution.from(environment), new Problems());
        for (String workflow : workflowsIn(root.orElse(null))) {
            Documents noting = endpoint -> {
                String path = besideWorkflow(workflow, endpoint);
                paths.add(path);
                return Optional.ofNullable(environment.get(variable(path)))
                        .orElseThrow(() -> new IOException("it is not known yet"));
            };
            String definition = environment.get(variable(workflow));
            if (definition != null) {
                // Its mistakes are told where the config is read.
                var unused =
                        DefinitionReader.read(workflow, definition, noting, Set.of(), new Problems(), new Problems());
            }
        }
        return paths;
    }

    /** Returns the path, from the config's folder, of what a workflow names by its path from its own. */
    static String besideWorkflow(String workflow, String endpoint) {
        String path = endpoint.replaceFirst("^file:(//)?", "");
        try {
            return path.contains("://")
                    ? path
                    : Path.of(workflow).resolveSibling(path).normalize().toString();
        } catch (InvalidPathException e) {
            return path; // at which there is nothing
        }
    }

    private static Set<String> workflowsIn(@Nullable Node root) {
        Set<String> paths = new LinkedHashSet<>();
        if (member(member(member(root, "spec"), "workflows"), "definitions") instanceof Sequence list) {
            for (Node item : list.items()) {
                if (member(item, "file") instanceof Scalar path) {
                    paths.add(path.text());
                }
            }
        }
        return paths;
    }

    private static @Nullable Node member(@Nullable Node node, String name) {
        return node instanceof Mapping mapping ? mapping.get(name) : null;
    }
}
