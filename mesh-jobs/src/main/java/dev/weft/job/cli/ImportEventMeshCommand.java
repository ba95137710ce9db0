package dev.weft.job.cli;

import dev.weft.job.imports.EventMeshImport;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code weft import eventmesh}: filter rules and transformers of Apache EventMesh. */
@Command(
        name = "eventmesh",
        description = {
            "Import filter rules and transformers of Apache EventMesh.",
            "Takes the lists its meta store holds for a consumer group, in one file or several."
        },
        footer = {
            "",
            "Examples:",
            "  weft import eventmesh filter.json transformer.json",
            "  weft import eventmesh filter.json --job orders --output orders.yaml"
        })
final class ImportEventMeshCommand implements Callable<Integer> {

    private final Shell shell;

    @Mixin
    private ImportOptions options = new ImportOptions();

    ImportEventMeshCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws CommandFailure {
        return options.run(shell, EventMeshImport::read);
    }
}
