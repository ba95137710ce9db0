package dev.weft.job.cli;

import dev.weft.job.graph.MeshPicture;
import dev.weft.job.graph.WorkflowPicture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code weft graph}: a picture of a mesh. */
@Command(
        name = "graph",
        description = {
            "Draw a job config: its channels, its routes and patterns, and what goes where.",
            "Or a workflow: its tasks, in the order in which the flow may come to them."
        },
        footer = {
            "",
            "Examples:",
            "  weft graph shop.yaml                                   Mermaid, to paste into Markdown",
            "  weft graph shop.yaml --format svg --output shop.svg    a picture for a browser",
            "  weft graph order-workflow.yaml                         the tasks of a workflow"
        })
final class GraphCommand implements Callable<Integer> {

    enum Format {
        MERMAID,
        SVG
    }

    private final Shell shell;

    @Parameters(paramLabel = "FILE", description = "the job config, or a workflow; - is standard input")
    private String file = "";

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "mermaid or svg (default: svg if the output file is named so, otherwise mermaid)")
    private @Nullable Format format;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "where to write the picture (default: standard output)")
    private @Nullable Path output;

    GraphCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws CommandFailure {
        MeshPicture picture = picture();
        boolean namedSvg = output != null && output.toString().endsWith(".svg");
        boolean svg = format == null ? namedSvg : format == Format.SVG;
        String drawn = svg ? picture.svg() : picture.mermaid();
        if (output == null) {
            shell.out().print(drawn);
        } else {
            write(output, drawn);
        }
        return ExitCodes.OK;
    }

    /** A file is a workflow's definition, or else has to be a job config. */
    private MeshPicture picture() throws CommandFailure {
        if (file.equals(InputFile.STANDARD_INPUT) || !WorkflowDocument.isOne(InputFile.text(shell, file))) {
            return MeshPicture.of(JobFile.read(shell, file).config());
        }
        return WorkflowPicture.of(WorkflowDocument.read(shell, file));
    }

    private static void write(Path output, String drawn) throws CommandFailure {
        try {
            Files.writeString(output, drawn);
        } catch (IOException e) {
            throw CommandFailure.input(
                    output + ": cannot be written: " + e.getClass().getSimpleName());
        }
    }
}
