package dev.weft.job.cli;

import dev.weft.config.Mapping;
import dev.weft.config.Problems;
import dev.weft.config.Substitution;
import dev.weft.config.YamlReader;
import dev.weft.workflow.Definition;
import dev.weft.workflow.read.DefinitionReader;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;

/** A definition of a workflow, named on the command line without the config of a job. */
final class WorkflowDocument {

    private WorkflowDocument() {}

    /** Whether a text is meant as a definition. */
    static boolean isOne(String text) {
        return YamlReader.read("", text, Substitution.none(), new Problems())
                .filter(Mapping.class::isInstance)
                .map(Mapping.class::cast)
                .filter(root -> root.get("kind") == null)
                .filter(root -> root.get("document") != null || root.get("specVersion") != null)
                .isPresent();
    }

    /**
     * Reads a definition; one with mistakes fails the command with all of them. Others that it runs may be anywhere.
     */
    static Definition read(Shell shell, String file) throws CommandFailure {
        Problems problems = new Problems();
        Optional<Definition> read = DefinitionReader.read(
                InputFile.named(file),
                InputFile.text(shell, file),
                endpoint -> InputFile.beside(file, endpoint)
                        .orElseThrow(() -> new IOException("there is no such file beside the definition")),
                Set.of(),
                problems,
                new Problems());
        return read.orElseThrow(() -> CommandFailure.input(JobFile.described(problems.inReadingOrder())));
    }
}
