package dev.weft.job.trial;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weft.job.FunctionJars;
import dev.weft.job.cluster.FlinkRest;
import dev.weft.job.cluster.JarRun;
import dev.weft.local.LocalTopic;
import dev.weft.testkit.cluster.BrokerProcess;
import dev.weft.testkit.cluster.FlinkCluster;
import dev.weft.testkit.cluster.FlinkClusterSettings;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * A broker, a JobManager and a TaskManager, each in a process of its own that can be killed, and the job jar as a user
 * would submit it.
 */
@SuppressWarnings("try") // closing waits for processes to end, and waiting can be interrupted
final class ClusterMesh implements AutoCloseable {

    /** What {@code package} makes, before tests of this kind run. */
    static final Path JOB_JAR = Path.of("target", "weft-job.jar");

    private final BrokerProcess broker;
    private final FlinkCluster flink;
    private final FlinkRest rest;
    private final String jar;
    private final List<String> moreArguments;

    private ClusterMesh(BrokerProcess broker, FlinkCluster flink, Path jar, List<String> moreArguments)
            throws Exception {
        this.broker = broker;
        this.flink = flink;
        this.rest = FlinkRest.at(flink.restAddress().toString());
        this.jar = rest.uploadJar(jar);
        this.moreArguments = moreArguments;
    }

    /** Starts the processes and uploads the job jar; the one TaskManager has two slots. */
    static ClusterMesh start(Path folder) throws Exception {
        return start(folder, JOB_JAR, List.of());
    }

    /** As above, with a cluster of other settings. */
    static ClusterMesh start(Path folder, UnaryOperator<FlinkClusterSettings> change) throws Exception {
        return start(folder, JOB_JAR, List.of(), change);
    }

    /** As above, with a user's jar of functions in the job jar. */
    static ClusterMesh withFunctions(Path functions, Path folder) throws Exception {
        String name = functions.getFileName().toString();
        Path combined = Files.copy(JOB_JAR, folder.resolve("job-with-functions.jar"));
        try (FileSystem entries = FileSystems.newFileSystem(combined)) {
            Path nested = Files.createDirectories(entries.getPath(FunctionJars.FOLDER));
            Files.copy(functions, nested.resolve(name));
        }
        return start(folder, combined, List.of("--function-jars", name));
    }

    private static ClusterMesh start(Path folder, Path jar, List<String> moreArguments) throws Exception {
        return start(folder, jar, moreArguments, UnaryOperator.identity());
    }

    private static ClusterMesh start(
            Path folder, Path jar, List<String> moreArguments, UnaryOperator<FlinkClusterSettings> change)
            throws Exception {
        BrokerProcess broker = BrokerProcess.begin(folder.resolve("kafka"));
        FlinkCluster flink = null;
        try {
            flink = FlinkCluster.start(change.apply(FlinkClusterSettings.in(folder.resolve("flink"))));
            broker.awaitReady();
            return new ClusterMesh(broker, flink, jar, moreArguments);
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

    FlinkCluster flink() {
        return flink;
    }

    void createTopics(int partitions, String... names) {
        broker.createTopics(Stream.of(names)
                .map(name -> LocalTopic.named(name).partitioned(partitions))
                .toList());
    }

    /**
     * Submits the job and returns when it runs.
     *
     * @param config the text of the job config
     */
    RunningJob submit(String config, int parallelism, Optional<String> savepoint) throws Exception {
        return submit(config, Map.of(), parallelism, savepoint);
    }

    /**
     * As above.
     *
     * @param variables what the config refers to, files among them
     */
    RunningJob submit(String config, Map<String, String> variables, int parallelism, Optional<String> savepoint)
            throws Exception {
        List<String> arguments = new ArrayList<>(List.of(
                "--config-base64",
                base64(config),
                "--config-name",
                "trial.yaml",
                "--variables-base64",
                base64(new ObjectMapper().writeValueAsString(variables))));
        arguments.addAll(moreArguments);
        String id = rest.run(new JarRun(jar, arguments, savepoint, false, OptionalInt.of(parallelism)));
        return RunningJob.await(rest, id);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Kills the TaskManager with SIGKILL and starts another. */
    void killTaskManager() throws Exception {
        flink.killTaskManager(flink.taskManagers().get(0));
        flink.startTaskManager();
    }

    /** Starts one more TaskManager. */
    void startTaskManager() throws Exception {
        flink.startTaskManager();
    }

    /** Stops the broker and starts it again. */
    void restartBroker() throws Exception {
        broker.stop();
        broker.startAgain();
    }

    @Override
    public void close() throws InterruptedException {
        flink.close();
        broker.close();
    }
}
