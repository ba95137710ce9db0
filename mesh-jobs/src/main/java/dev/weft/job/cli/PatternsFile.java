package dev.weft.job.cli;

import dev.weft.cep.Pattern;
import dev.weft.cep.PatternsReader;
import dev.weft.config.Fields;
import dev.weft.config.Mapping;
import dev.weft.config.Nearest;
import dev.weft.config.Node;
import dev.weft.config.Problems;
import dev.weft.config.Substitution;
import dev.weft.config.YamlReader;
import dev.weft.event.PayloadReaders;
import dev.weft.job.JobConfig;
import dev.weft.job.rules.RulesText;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The patterns of a file: a job config, or only a list under {@code patterns:}.
 *
 * @param payloads what reads the payloads of events, as the job config says; JSON where there is none
 */
record PatternsFile(String name, List<Pattern> patterns, PayloadReaders payloads) {

    static PatternsFile read(Shell shell, String file) throws CommandFailure {
        RulesText text = JobFile.text(shell, file, Map.of());
        PatternsFile read = listOnly(text).isPresent() ? ofList(text) : ofJob(text);
        if (read.patterns().isEmpty()) {
            throw CommandFailure.input(read.name() + ": there are no patterns in it");
        }
        return read;
    }

    private static PatternsFile ofJob(RulesText text) throws CommandFailure {
        JobConfig config = JobFile.checked(text);
        return new PatternsFile(text.file(), config.patterns(), config.payloads());
    }

    private static Optional<Mapping> listOnly(RulesText text) {
        return node(text, new Problems())
                .filter(Mapping.class::isInstance)
                .map(Mapping.class::cast)
                .filter(root -> root.get("patterns") != null && root.get("apiVersion") == null);
    }

    private static Optional<Node> node(RulesText text, Problems problems) {
        return YamlReader.read(text.file(), text.text(), Substitution.from(text.variables()), problems);
    }

    private static PatternsFile ofList(RulesText text) throws CommandFailure {
        Problems problems = new Problems();
        List<Pattern> patterns = node(text, problems)
                .map(root -> {
                    Fields fields = Fields.of(root, problems);
                    List<Node> items =
                            fields.required("patterns").items("one pattern").orElse(List.of());
                    fields.close();
                    return PatternsReader.read(items, problems);
                })
                .orElse(List.of());
        if (!problems.isEmpty()) {
            throw CommandFailure.input(JobFile.described(problems.inReadingOrder()));
        }
        return new PatternsFile(text.file(), patterns, PayloadReaders.jsonOnly());
    }

    /** Returns the pattern of that id. */
    Pattern pattern(String id) throws CommandFailure {
        List<String> ids = patterns.stream().map(Pattern::id).toList();
        return patterns.stream()
                .filter(pattern -> pattern.id().equals(id))
                .findFirst()
                .orElseThrow(() -> CommandFailure.input("%s has no pattern \"%s\", expected %s%s"
                        .formatted(
                                name,
                                id,
                                Nearest.list(ids),
                                Nearest.to(id, ids)
                                        .map(near -> ". Did you mean " + near + "?")
                                        .orElse(""))));
    }
}
