package dev.weft.workflow.jq;

import dev.weft.config.Node;
import dev.weft.config.Problems;
import dev.weft.config.Substitution;
import dev.weft.config.YamlReader;

/** Parts of definitions, as they are read from files. */
final class Documents {

    private Documents() {}

    static Node read(String yaml) {
        Problems problems = new Problems();
        return YamlReader.read("w.yaml", yaml, Substitution.none(), problems).orElseThrow();
    }
}
