package dev.weft.job.flink.function;

import dev.weft.job.FunctionJars;
import dev.weft.job.JobConfig;
import dev.weft.job.cli.flink.EmbeddedJob;
import dev.weft.job.cluster.FlinkRest;
import dev.weft.job.rules.RulesText;
import dev.weft.local.LocalTopic;
import dev.weft.local.flink.EmbeddedFlink;
import dev.weft.local.flink.FlinkSettings;
import dev.weft.testkit.cluster.BrokerProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** A broker in a process of its own, and Flink in this one, for several jobs of one subtask at a time. */
@SuppressWarnings("try") // closing waits for processes to end, and waiting can be interrupted
final class ScenarioCluster implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final BrokerProcess broker;
    private final EmbeddedFlink flink;
    private final FlinkRest rest;

    private ScenarioCluster(BrokerProcess broker, EmbeddedFlink flink) {
        this.broker = broker;
        this.flink = flink;
        this.rest = FlinkRest.at(flink.restAddress().toString());
    }

    /** Starts both, with room for that many jobs. */
    static ScenarioCluster start(Path folder, int jobs) throws Exception {
        BrokerProcess broker = BrokerProcess.begin(folder.resolve("kafka"));
        EmbeddedFlink flink = null;
        try {
            flink = EmbeddedFlink.start(
                    FlinkSettings.in(folder.resolve("flink")).withSlots(jobs));
            broker.awaitReady();
            return new ScenarioCluster(broker, flink);
        } catch (Exception | AssertionError e) {
            if (flink != null) {
                flink.close();
            }
            broker.close();
            throw e;
        }
    }

    String bootstrapServers() {
        return broker.bootstrapServers();
    }

    /** Starts a job whose topics are new, and returns its id once it runs. */
    String run(RulesText text) throws Exception {
        JobConfig config = text.read().orElseThrow();
        broker.createTopics(config.channels().stream()
                .map(channel -> LocalTopic.named(channel.topic()).partitioned(1))
                .toList());
        String id = EmbeddedJob.start(flink, config, text, FunctionJars.NONE, Map.of(), Optional.empty());
        rest.awaitRunning(id, PATIENCE);
        return id;
    }

    /** Ends a job and returns once it is gone. */
    void cancel(String id) throws Exception {
        rest.cancel(id);
        rest.awaitEnd(id, PATIENCE);
    }

    @Override
    public void close() throws IOException, InterruptedException {
        flink.close();
        broker.close();
    }
}
