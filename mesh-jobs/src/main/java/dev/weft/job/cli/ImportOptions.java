package dev.weft.job.cli;

import dev.weft.config.Checked;
import dev.weft.config.Problem;
import dev.weft.job.JobConfig;
import dev.weft.job.JobConfigReader;
import dev.weft.job.imports.Ends;
import dev.weft.job.imports.Imported;
import dev.weft.job.imports.Note;
import dev.weft.job.imports.Note.Kind;
import dev.weft.job.imports.SourceFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What the commands that import have in common: the files, what to make of them, and where to put it. */
final class ImportOptions {

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "JSON or YAML; - is standard input")
    private List<String> files = new ArrayList<>();

    @Option(
            names = "--job",
            paramLabel = "NAME",
            description = "write a whole job config of that name (default: the routes only)")
    private @Nullable String job;

    @Option(
            names = "--from",
            paramLabel = "CHANNEL",
            description = "the channel every route reads (default: named after the source)")
    private @Nullable String from;

    @Option(
            names = "--to",
            paramLabel = "CHANNEL",
            description = "the channel every route writes (default: named after each target)")
    private @Nullable String to;

    @Option(names = "--partial", description = "also write the result if some of the source cannot be carried over")
    private boolean partial;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "where to write the result (default: standard output)")
    private @Nullable Path output;

    /** Reads the files with one system's importer. */
    interface Importer {
        Checked<Imported> read(List<SourceFile> files, Ends ends);
    }

    /** Imports, says everything that was changed, and returns the exit code. */
    int run(Shell shell, Importer importer) throws CommandFailure {
        List<SourceFile> sources = new ArrayList<>();
        for (String file : files) {
            sources.add(new SourceFile(InputFile.named(file), InputFile.text(shell, file)));
        }
        Checked<Imported> checked =
                importer.read(sources, new Ends(Optional.ofNullable(from), Optional.ofNullable(to)));
        Imported imported = checked.value()
                .orElseThrow(() -> CommandFailure.input(messages(checked) + System.lineSeparator()
                        + Counted.of(checked.problems().size(), "problem") + ". Nothing was imported."));
        imported.notes().stream().map(Note::message).forEach(shell::note);
        boolean complete = imported.count(Kind.LOST) == 0;
        boolean written = !imported.routes().isEmpty() && (complete || partial);
        if (written) {
            write(shell, imported);
        }
        shell.note(summary(imported, written));
        return written ? ExitCodes.OK : ExitCodes.FAILURE;
    }

    private void write(Shell shell, Imported imported) throws CommandFailure {
        String config = imported.job(job == null ? "imported" : job);
        Checked<JobConfig> checked = JobConfigReader.read("the result", config, Map.of());
        if (checked.value().isEmpty()) {
            throw CommandFailure.input(messages(checked));
        }
        String text = job == null ? imported.fragment() : config;
        if (output == null) {
            shell.out().print(text);
            return;
        }
        try {
            Files.writeString(output, text);
        } catch (IOException e) {
            throw CommandFailure.input(
                    output + ": cannot be written: " + e.getClass().getSimpleName());
        }
    }

    private static String messages(Checked<?> checked) {
        return checked.problems().stream().map(Problem::message).collect(Collectors.joining(System.lineSeparator()));
    }

    private static String summary(Imported imported, boolean written) {
        String counts = "%s; %d changed, %d left to you, %d not carried over."
                .formatted(
                        Counted.of(imported.routes().size(), "route"),
                        imported.count(Kind.CHANGED),
                        imported.count(Kind.OPEN),
                        imported.count(Kind.LOST));
        if (written) {
            return counts;
        }
        return imported.routes().isEmpty()
                ? counts + " Nothing was written."
                : counts + " Nothing was written; --partial writes the rest.";
    }
}
