package dev.weft.job.cli;

import dev.weft.cep.expect.Expected;
import dev.weft.cep.expect.ExpectedReader;
import dev.weft.cep.expect.Verdict;
import dev.weft.cep.offline.PatternRun;
import dev.weft.cep.offline.RunResult;
import dev.weft.cep.offline.TimedEvent;
import dev.weft.config.Problems;
import dev.weft.config.Substitution;
import dev.weft.config.YamlReader;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code weft cep test}: what patterns find in events, and whether it is what they should. */
@Command(
        name = "test",
        description = {
            "Let events happen, each at its time, and show what patterns make of them.",
            "With EXPECTED: whether that is what they should make. Every pattern looks at every event.",
            "Starts nothing."
        },
        footer = {
            "",
            "Examples:",
            "  weft cep test shop.yaml events.jsonl",
            "  weft cep test shop.yaml events.jsonl expected.yaml",
            "  weft cep test patterns.yaml events.jsonl --until 2026-11-21T03:00:00Z",
            "",
            "Exit codes: 0 all is as expected; 1 something is missing, or came and was not expected;",
            "2 what was typed or a file that was named is wrong."
        })
final class CepTestCommand implements Callable<Integer> {

    private final Shell shell;

    @Parameters(index = "0", paramLabel = "PATTERNS", description = "a job config, or a list under patterns:")
    private String patterns = "";

    @Parameters(
            index = "1",
            paramLabel = "EVENTS",
            description = "events in structured JSON, in any order: one a line, or a list; - is standard input")
    private String events = "";

    @Parameters(
            index = "2",
            arity = "0..1",
            paramLabel = "EXPECTED",
            description = "the events that the patterns should make, in YAML")
    private @Nullable String expected;

    @Option(
            names = "--until",
            paramLabel = "TIME",
            description = "when time ends; deadlines up to it are over (default: when all is decided)")
    private @Nullable String until;

    @Mixin
    private OutputOption output = new OutputOption();

    CepTestCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws CommandFailure {
        if (Stream.of(patterns, events, Objects.requireNonNullElse(expected, ""))
                        .filter(InputFile.STANDARD_INPUT::equals)
                        .count()
                > 1) {
            throw CommandFailure.input("weft cep test: only one of the files can be -");
        }
        PatternsFile read = PatternsFile.read(shell, patterns);
        List<TimedEvent> happening = EventsInTime.read(shell, List.of(events), read.payloads());
        Expected wanted = expected == null ? null : expected(expected, read, happening);
        PatternRun run = PatternRun.of(read.patterns());
        long end = until == null ? run.usualEnd(happening) : EventsInTime.moment("weft cep test: --until", until);
        RunResult result = run.run(happening, end);
        Verdict verdict = wanted == null ? null : Verdict.of(wanted, result.heard());
        if (output.isJson()) {
            shell.say(Json.pretty(FoundJson.of(result, verdict)));
        } else {
            FoundText.lines(result, verdict).forEach(shell::say);
        }
        return verdict == null || verdict.isPassed() ? ExitCodes.OK : ExitCodes.FAILURE;
    }

    private Expected expected(String file, PatternsFile read, List<TimedEvent> happening) throws CommandFailure {
        Problems problems = new Problems();
        Set<String> ids = happening.stream()
                .map(each -> each.event().getId())
                .collect(Collectors.toCollection(LinkedHashSet::new));
        Expected wanted = YamlReader.read(
                        InputFile.named(file), InputFile.text(shell, file), Substitution.none(), problems)
                .map(new ExpectedReader(read.patterns(), ids, problems)::read)
                .orElse(new Expected(List.of(), false, true));
        if (!problems.isEmpty()) {
            throw CommandFailure.input(JobFile.described(problems.inReadingOrder()));
        }
        return wanted;
    }
}
