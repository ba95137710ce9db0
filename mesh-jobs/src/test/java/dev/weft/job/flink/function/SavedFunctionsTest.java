package dev.weft.job.flink.function;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.weft.function.AddressRow;
import dev.weft.job.cli.flink.SavedFunctions;
import dev.weft.job.cli.flink.SavedRow;
import dev.weft.local.flink.EmbeddedFlink;
import dev.weft.local.flink.FlinkSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What functions remember, read from savepoints of a real job. */
class SavedFunctionsTest {

    private static final int TOKENS = 40;
    private static final int HOPS = 25;
    private static final int IDS = 50;

    @TempDir
    Path folder;

    @ParameterizedTest(name = "{0}, {1}")
    @CsvSource({"hashmap, CANONICAL", "hashmap, NATIVE", "rocksdb, CANONICAL", "rocksdb, NATIVE"})
    void everyValueOfASavepointCanBeRead(String backend, SavepointFormatType form) throws Exception {
        String savepoint = savepointOfARing(backend, form);
        try (EmbeddedFlink flink =
                EmbeddedFlink.start(FlinkSettings.in(folder.resolve("flink")).withSlots(1))) {
            SavedFunctions saved = requireNonNull(SavedFunctions.open(savepoint));
            assertThat(read(saved, flink, new SavedRow.Wanted("test/ring", null)).stream()
                            .mapToLong(SavedFunctionsTest::count)
                            .sum())
                    .isEqualTo(TOKENS * (HOPS + 1));
            assertThat(read(saved, flink, new SavedRow.Wanted(null, "done")))
                    .singleElement()
                    .satisfies(row -> {
                        assertThat(row.type()).isEqualTo("test/done");
                        assertThat(count(row)).isEqualTo(TOKENS);
                    });
        }
    }

    @Test
    void aFolderThatIsNoSavepointIsRefused() {
        assertThatIOException().isThrownBy(() -> SavedFunctions.open(folder.toString()));
    }

    private String savepointOfARing(String backend, SavepointFormatType form) throws Exception {
        Configuration settings = LoopJob.settings(folder);
        settings.set(StateBackendOptions.STATE_BACKEND, backend);
        Ring ring = new Ring("saved-" + backend + form, IDS, false);
        try (MiniCluster cluster = LoopJob.cluster()) {
            LoopJob job = LoopJob.start(cluster, settings, 2, ring);
            Feed.of(ring.name()).say(ring.tokens(Ring.RING, TOKENS, HOPS));
            job.awaits("all tokens", () -> ring.heard().done.get() == TOKENS);
            return job.stops(folder.resolve("savepoints"), false, form);
        }
    }

    private static List<SavedRow> read(SavedFunctions saved, EmbeddedFlink flink, SavedRow.Wanted wanted)
            throws Exception {
        List<SavedRow> rows = new ArrayList<>();
        saved.read(flink, wanted, rows::add);
        return rows;
    }

    private static long count(SavedRow row) {
        return Ring.number(row.read(AddressRow::read).values().get(0).value().bytes());
    }
}
