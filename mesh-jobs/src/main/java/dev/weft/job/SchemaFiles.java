package dev.weft.job;

import dev.weft.config.Mapping;
import dev.weft.config.Node;
import dev.weft.config.Problems;
import dev.weft.config.Scalar;
import dev.weft.config.Sequence;
import dev.weft.config.Substitution;
import dev.weft.config.YamlReader;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The files that a job config names and that must travel with it: schemas and modules of functions. They travel as
 * variables do, under a name that no {@code ${NAME}} can have, so that the config means the same wherever it is read.
 */
public final class SchemaFiles {

    private static final String PREFIX = "file:";

    private SchemaFiles() {}

    /** Returns the variable whose value is the text of the file. */
    public static String variable(String path) {
        return PREFIX + path;
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
        return paths;
    }

    private static @Nullable Node member(@Nullable Node node, String name) {
        return node instanceof Mapping mapping ? mapping.get(name) : null;
    }
}
