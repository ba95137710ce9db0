package dev.weft.job.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.job.Jobs;
import java.time.Duration;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.core.execution.CheckpointingMode;
import org.apache.flink.state.rocksdb.RocksDBConfigurableOptions;
import org.apache.flink.state.rocksdb.RocksDBOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EngineSettingsTest {

    @Test
    void aTypeThatWouldNeedKryoIsRefusedWhenTheJobIsBuilt() {
        var serializers = configured("").getConfig().getSerializerConfig();
        TypeInformation<Thread> onlyKryoKnows = TypeInformation.of(Thread.class);

        assertThatThrownBy(() -> onlyKryoKnows.createSerializer(serializers))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("Generic types have been disabled");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"exactly-once, EXACTLY_ONCE", "at-least-once, AT_LEAST_ONCE"})
    void theGuaranteeDecidesHowCheckpointsAreTaken(String guarantee, CheckpointingMode mode) {
        var env = configured("guarantee: " + guarantee);

        assertThat(env.getCheckpointConfig().getCheckpointingConsistencyMode()).isEqualTo(mode);
    }

    @Test
    void checkpointsAreTakenAsOftenAsTheFileSays() {
        var checkpoints = configured("checkpoint: { every: 3s, timeout: 2m }").getCheckpointConfig();

        assertThat(checkpoints.getCheckpointInterval())
                .isEqualTo(Duration.ofSeconds(3).toMillis());
        assertThat(checkpoints.getCheckpointTimeout())
                .isEqualTo(Duration.ofMinutes(2).toMillis());
    }

    @Test
    void theLastCheckpointOutlivesTheJob() {
        assertThat(configured("").getConfiguration().get(CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION))
                .isEqualTo(ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
    }

    @ParameterizedTest(name = "dedup: {0}")
    @ValueSource(booleans = {true, false})
    void aCheckpointHoldsOnlyWhatIsNewWhereDaysAreRemembered(boolean dedup) {
        var settings = (dedup ? of("topic: in, dedup: { ttl: 1d }", "") : configured("")).getConfiguration();

        assertThat(settings.getOptional(CheckpointingOptions.INCREMENTAL_CHECKPOINTS)
                        .orElse(false))
                .isEqualTo(dedup);
        assertThat(settings.getOptional(RocksDBConfigurableOptions.USE_BLOOM_FILTER)
                        .orElse(false))
                .isEqualTo(dedup);
        assertThat(settings.getOptional(RocksDBOptions.USE_PARTITIONED_INDEX_FILTERS)
                        .orElse(false))
                .isEqualTo(dedup);
    }

    @Test
    void theFilesParallelismGoesBeforeTheClusters() {
        assertThat(configured("parallelism: 7").getParallelism()).isEqualTo(7);
        assertThat(configured("").getParallelism()).isEqualTo(3);
    }

    private static StreamExecutionEnvironment configured(String more) {
        return of("topic: in", more);
    }

    private static StreamExecutionEnvironment of(String source, String more) {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(3);
        EngineSettings.apply(env, Jobs.named("shop", """
                        channels: { in: { %s }, out: { topic: out } }
                        deadLetter: out
                        routes: [{ name: all, from: [in], to: [out] }]
                        """.formatted(source) + more));
        return env;
    }
}
