package dev.weft.job.trial;

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
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A broker in a process of its own and Flink in this one, for jobs that run undisturbed. */
@SuppressWarnings("try") // closing waits for processes to end, and waiting can be interrupted
final class QuietMesh implements AutoCloseable {

    private final BrokerProcess broker;
    private final EmbeddedFlink flink;

    private QuietMesh(BrokerProcess broker, EmbeddedFlink flink) {
        this.broker = broker;
        this.flink = flink;
    }

    /** Starts both; jobs run with two subtasks. */
    static QuietMesh start(Path folder) throws Exception {
        BrokerProcess broker = BrokerProcess.begin(folder.resolve("kafka"));
        EmbeddedFlink flink = null;
        try {
            flink = EmbeddedFlink.start(
                    FlinkSettings.in(folder.resolve("flink")).withSlots(2));
            broker.awaitReady();
            return new QuietMesh(broker, flink);
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

    void createTopics(int partitions, String... names) {
        createTopics(partitions, List.of(names));
    }

    void createTopics(int partitions, List<String> names) {
        broker.createTopics(names.stream()
                .map(name -> LocalTopic.named(name).partitioned(partitions))
                .toList());
    }

    /** Starts the job and returns when it runs. */
    RunningJob run(JobConfig config) throws Exception {
        return run(config, new RulesText("", "", Collections.emptySortedMap()));
    }

    /** As above, for a job whose rules can change. */
    RunningJob run(RulesText text) throws Exception {
        return run(text.read().orElseThrow(), text);
    }

    private RunningJob run(JobConfig config, RulesText text) throws Exception {
        String id = EmbeddedJob.start(flink, config, text, FunctionJars.NONE, Map.of(), Optional.empty());
        return RunningJob.await(FlinkRest.at(flink.restAddress().toString()), id);
    }

    @Override
    public void close() throws IOException, InterruptedException {
        flink.close();
        broker.close();
    }
}
