package dev.weft.job.cli;

import dev.weft.job.rules.RuleHistory;
import dev.weft.job.rules.RulesDifference;
import dev.weft.job.rules.RulesText;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code weft diff}: what differs between two sets of routes. */
@Command(
        name = "diff",
        description = "Show how the routes of a file differ from those of another, or from those that are running.",
        footer = {
            "",
            "Examples:",
            "  weft diff old.yaml new.yaml",
            "  weft diff shop.yaml                  against the running job, as its control channel tells"
        })
final class DiffCommand implements Callable<Integer> {

    private final Shell shell;

    @Mixin
    private ControlOptions options = new ControlOptions();

    @Parameters(arity = "1..2", paramLabel = "FILE", description = "the old file, if there are two, and the new one")
    private List<String> files = new ArrayList<>();

    @Mixin
    private OutputOption output = new OutputOption();

    DiffCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws CommandFailure {
        JobFile last = JobFile.read(shell, files.get(files.size() - 1));
        RulesText before = files.size() == 2 ? JobFile.read(shell, files.get(0)).rules() : running(last);
        RulesDifference difference = RulesDifference.between(before, last.rules());
        if (output.isJson()) {
            shell.say(Json.pretty(DifferenceText.json(difference)));
        } else {
            DifferenceText.lines(difference).forEach(shell::say);
        }
        return ExitCodes.OK;
    }

    private RulesText running(JobFile file) throws CommandFailure {
        try (ControlChannel channel = options.open(shell, file)) {
            RuleHistory history = LiveRules.awaitStarted(shell, channel, file.config(), options.patience());
            return LiveRules.inForce(history).rules();
        }
    }
}
