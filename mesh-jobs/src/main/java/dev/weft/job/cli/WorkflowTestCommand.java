package dev.weft.job.cli;

import dev.weft.config.Checked;
import dev.weft.config.Problem;
import dev.weft.workflow.scenario.Scenario;
import dev.weft.workflow.scenario.ScenarioFile;
import dev.weft.workflow.scenario.ScenarioFiles;
import dev.weft.workflow.scenario.ScenarioReport;
import dev.weft.workflow.scenario.ScenarioResult;
import dev.weft.workflow.scenario.ScenarioRunner;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code weft workflow test}: whether workflows do what scenarios say. */
@Command(
        name = "test",
        description = {
            "Play scenarios: what happens to an instance, and what it should come to.",
            "Calls are answered as the scenario says, and time passes when it says so. Starts nothing."
        },
        footer = {
            "",
            "Examples:",
            "  weft workflow test order.scenarios.yaml",
            "  weft workflow test --output json flows/*.scenarios.yaml",
            "",
            "Exit codes: 0 all is as expected; 1 something is not; 2 a file that was named is wrong."
        })
final class WorkflowTestCommand implements Callable<Integer> {

    private final Shell shell;

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "scenarios, in YAML")
    private List<String> files = new ArrayList<>();

    @Mixin
    private OutputOption output = new OutputOption();

    WorkflowTestCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws CommandFailure {
        List<Problem> problems = new ArrayList<>();
        List<Scenario> scenarios = new ArrayList<>();
        for (String file : files) {
            String text = InputFile.text(shell, file);
            Checked<ScenarioFile> read = ScenarioFiles.read(InputFile.existing(file), file, text);
            problems.addAll(read.problems());
            read.value().ifPresent(found -> scenarios.addAll(found.scenarios()));
        }
        if (!problems.isEmpty()) {
            throw CommandFailure.input(JobFile.described(problems));
        }
        ScenarioRunner runner = ScenarioRunner.inMemory();
        List<ScenarioResult> results = scenarios.stream().map(runner::run).toList();
        ScenarioReport report = new ScenarioReport(results);
        if (output.isJson()) {
            shell.say(Json.pretty(report.json()));
        } else {
            report.lines().forEach(shell::say);
        }
        return report.isPassed() ? ExitCodes.OK : ExitCodes.FAILURE;
    }
}
