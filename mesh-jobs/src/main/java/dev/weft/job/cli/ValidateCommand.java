package dev.weft.job.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weft.config.Checked;
import dev.weft.config.Problem;
import dev.weft.job.JobConfig;
import dev.weft.job.WorkflowFiles;
import dev.weft.job.rules.RulesText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code weft validate}: every mistake in job configs, with line and column. */
@Command(
        name = "validate",
        description = "Check job configs and show every mistake, as file:line:column. Starts nothing.",
        footer = {
            "",
            "Examples:",
            "  weft validate shop.yaml",
            "  weft validate shop.yaml --jar functions.jar    also that its functions are there",
            "  weft validate --output json job-configs/examples/*.yaml"
        })
final class ValidateCommand implements Callable<Integer> {

    private final Shell shell;

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "job configs, YAML or JSON; - is standard input")
    private List<String> files = new ArrayList<>();

    @Mixin
    private JarsOption jars = new JarsOption();

    @Mixin
    private OutputOption output = new OutputOption();

    ValidateCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        List<Problem> problems = new ArrayList<>();
        List<Problem> warnings = new ArrayList<>();
        int unreadable = 0;
        for (String file : files) {
            try {
                RulesText text = JobFile.text(shell, file, Map.of());
                Checked<JobConfig> checked = jars.read(text);
                problems.addAll(checked.problems());
                checked.value().ifPresent(config -> {
                    fine(file, config);
                    warnings.addAll(WorkflowFiles.warnings(config, text.variables()));
                });
            } catch (CommandFailure failure) {
                shell.note(failure.text());
                unreadable++;
            }
        }
        if (output.isJson()) {
            ArrayNode told = Json.MAPPER.createArrayNode();
            problems.forEach(problem -> told.add(json(problem)));
            warnings.forEach(warning -> told.add(json(warning).put("warning", true)));
            shell.say(Json.pretty(told));
        } else {
            warnings.forEach(warning -> shell.note("warning: " + warning.message()));
            if (!problems.isEmpty()) {
                shell.note(JobFile.described(problems));
            }
        }
        return problems.isEmpty() && unreadable == 0 ? ExitCodes.OK : ExitCodes.INPUT;
    }

    private void fine(String file, JobConfig config) {
        if (!output.isJson()) {
            shell.say("%s: ok: %s, %s"
                    .formatted(
                            InputFile.named(file),
                            Counted.of(config.channels().size(), "channel"),
                            Counted.rules(config)));
        }
    }

    private static ObjectNode json(Problem problem) {
        ObjectNode each = Json.object()
                .put("file", problem.at().file())
                .put("line", problem.at().line())
                .put("column", problem.at().column())
                .put("path", problem.path())
                .put("found", problem.found())
                .put("expected", problem.expected());
        problem.suggestion().ifPresent(suggestion -> each.put("suggestion", suggestion));
        return each;
    }
}
