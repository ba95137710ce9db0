package dev.weft.job.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weft.job.rules.RuleHistory;
import dev.weft.job.rules.RuleVersion;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code weft rules}: the versions of a job's rules, and who decides by which. */
@Command(
        name = "rules",
        description = {
            "Show the versions of a running job's rules, which subtasks decide by the newest, and what is paused."
        },
        footer = {
            "",
            "Examples:",
            "  weft rules shop.yaml",
            "  weft rules shop.yaml --version 3 > shop-3.yaml       the text of a version"
        })
final class RulesCommand implements Callable<Integer> {

    private final Shell shell;

    @Mixin
    private ControlOptions options = new ControlOptions();

    @Parameters(paramLabel = "FILE", description = "the job config")
    private String file = "";

    @Option(names = "--version", paramLabel = "N", description = "print the text of that version, as it was applied")
    private int version;

    @Mixin
    private OutputOption output = new OutputOption();

    RulesCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws CommandFailure {
        JobFile read = JobFile.read(shell, file);
        try (ControlChannel channel = options.open(shell, read)) {
            RuleHistory history = LiveRules.awaitStarted(shell, channel, read.config(), options.patience());
            if (version > 0) {
                shell.out().print(LiveRules.version(history, version).rules().text());
            } else if (output.isJson()) {
                shell.say(Json.pretty(json(history)));
            } else {
                text(read.config().name(), history);
            }
        }
        return ExitCodes.OK;
    }

    private void text(String job, RuleHistory history) {
        int newest = history.newest();
        shell.say("%s: version %d decides on %d of %s"
                .formatted(job, newest, history.decidingBy(newest).size(), Counted.of(history.subtasks(), "subtask")));
        shell.say("");
        boolean patterns = history.versions().stream().anyMatch(each -> patterns(each) > 0);
        Table table = Table.ofText("VERSION", patterns ? "ROUTES, PATTERNS" : "ROUTES", "BY", "FILE", "");
        for (RuleVersion each : history.versions()) {
            String mark = each.number() == newest ? "decides" : each.number() > newest ? "proposed" : "";
            table.row(
                    Integer.toString(each.number()),
                    routes(each) + (patterns ? ", " + patterns(each) : ""),
                    each.author(),
                    each.rules().file(),
                    mark);
        }
        table.lines().forEach(shell::say);
        List<String> paused = PausePart.lines(history);
        if (!paused.isEmpty()) {
            shell.say("");
            paused.forEach(shell::say);
        }
    }

    private static int routes(RuleVersion version) {
        return version.rules().routing().routes().size();
    }

    private static int patterns(RuleVersion version) {
        return version.rules().routing().patterns().size();
    }

    private static ObjectNode json(RuleHistory history) {
        int newest = history.newest();
        ObjectNode json = Json.object()
                .put("job", history.started().orElseThrow().job())
                .put("version", newest)
                .put("subtasks", history.subtasks());
        List<Integer> deciding = history.decidingBy(newest);
        ArrayNode by = json.putArray("decidingBy");
        deciding.forEach(by::add);
        ArrayNode versions = json.putArray("versions");
        history.versions()
                .forEach(each -> versions.addObject()
                        .put("version", each.number())
                        .put("routes", routes(each))
                        .put("patterns", patterns(each))
                        .put("author", each.author())
                        .put("file", each.rules().file()));
        ArrayNode paused = json.putArray("paused");
        history.pauses()
                .all()
                .forEach(each -> paused.addObject()
                        .put(each.part().kind().word(), each.part().name())
                        .put("author", each.author())
                        .put("at", each.at())
                        .put("why", each.why()));
        return json;
    }
}
