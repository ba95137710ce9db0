package dev.weft.job.cli;

import dev.weft.job.cli.flink.SavedFunctions;
import dev.weft.job.cli.flink.SavedRow;
import dev.weft.local.FileTree;
import dev.weft.local.flink.EmbeddedFlink;
import dev.weft.local.flink.FlinkSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import picocli.CommandLine.Parameters;

/** The savepoint that a command reads, with a Flink that is started for that and ended. */
final class SavepointFile {

    @Parameters(index = "0", paramLabel = "SAVEPOINT", description = "its folder, or its file _metadata")
    private String savepoint = "";

    /** Gives each row that is wanted. */
    void read(SavedRow.Wanted wanted, Consumer<SavedRow> taker) throws Exception {
        SavedFunctions saved = open();
        Path folder = Files.createTempDirectory("weft-state");
        try (EmbeddedFlink flink = EmbeddedFlink.start(FlinkSettings.in(folder).withSlots(1))) {
            saved.read(flink, wanted, taker);
        } finally {
            FileTree.delete(folder);
        }
    }

    private SavedFunctions open() throws CommandFailure {
        try {
            SavedFunctions saved = SavedFunctions.open(savepoint);
            if (saved == null) {
                throw CommandFailure.input(savepoint + ": found a savepoint of a job without functions");
            }
            return saved;
        } catch (IOException e) {
            throw CommandFailure.input(savepoint + ": cannot be read as a savepoint: " + e.getMessage());
        }
    }
}
