package dev.weft.testkit.cluster;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import dev.weft.local.LoopbackPort;
import dev.weft.testkit.Await;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A real Flink session cluster on this machine: a JobManager and TaskManagers in processes of their own, with the class
 * path of a Flink distribution, so a job has to bring everything else in its jar. TaskManagers can be killed and
 * replaced; a replacement never shares anything with the one before.
 *
 * <p>Nothing survives {@link #close()} or the end of this process. Not for use by several threads at once.
 */
public final class FlinkCluster implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final String JOB_MANAGER = "org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint";
    private static final String JOB_MANAGER_NAME = "jobmanager";
    private static final String TASK_MANAGER = "org.apache.flink.runtime.taskexecutor.TaskManagerRunner";

    private static final String LOG_SETTINGS = "cluster-log4j2.xml";

    /** A free port may be taken by somebody else before a JVM has come up and binds it. */
    private static final int ATTEMPTS = 3;

    private final FlinkClusterSettings settings;
    private final ClusterConfiguration configuration;
    private final URI restAddress;
    private final Map<Integer, JavaProcess> taskManagers = new TreeMap<>();
    private final JavaProcess jobManager;
    private int lastNumber;

    private FlinkCluster(FlinkClusterSettings settings, ClusterConfiguration configuration, int restPort)
            throws IOException {
        this.settings = settings;
        this.configuration = configuration;
        this.restAddress = URI.create("http://" + LoopbackPort.HOST + ":" + restPort);
        this.jobManager = launch(JOB_MANAGER_NAME, JOB_MANAGER, ClusterConfiguration.jobManagerJvm(), List.of());
    }

    /** Starts a cluster and returns once its TaskManagers have registered. */
    public static FlinkCluster start(FlinkClusterSettings settings) throws Exception {
        return start(settings, purpose -> LoopbackPort.claim(purpose, LoopbackPort.ANY));
    }

    /** Where a cluster gets its ports from. */
    interface Ports {
        int claim(String purpose) throws Exception;
    }

    static FlinkCluster start(FlinkClusterSettings settings, Ports ports) throws Exception {
        for (int attempt = 1; ; attempt++) {
            try {
                return startOnce(settings, ports);
            } catch (AssertionError e) {
                if (attempt == ATTEMPTS || !lostItsPort(settings)) {
                    throw e;
                }
                Files.delete(jobManagerLog(settings));
            }
        }
    }

    private static boolean lostItsPort(FlinkClusterSettings settings) throws IOException {
        Path log = jobManagerLog(settings);
        return Files.exists(log) && Files.readString(log).contains("java.net.BindException");
    }

    private static Path jobManagerLog(FlinkClusterSettings settings) {
        return settings.folder().resolve(JOB_MANAGER_NAME + ".log");
    }

    private static FlinkCluster startOnce(FlinkClusterSettings settings, Ports ports) throws Exception {
        int rpcPort = ports.claim("the JobManager");
        int restPort = ports.claim("Flink's REST interface");
        var configuration = new ClusterConfiguration(settings, rpcPort, restPort);
        prepare(settings.folder(), configuration);
        var cluster = new FlinkCluster(settings, configuration, restPort);
        try {
            for (int i = 0; i < settings.taskManagers(); i++) {
                cluster.startTaskManager();
            }
            cluster.awaitTaskManagers(settings.taskManagers());
            return cluster;
        } catch (Exception | AssertionError e) {
            cluster.close();
            throw e;
        }
    }

    /** Returns where REST answers, such as {@code http://127.0.0.1:43210}. */
    public URI restAddress() {
        return restAddress;
    }

    /** Returns the folder checkpoints go to. */
    public Path checkpoints() {
        return configuration.checkpoints();
    }

    /** Returns the folder savepoints go to unless the request names another. */
    public Path savepoints() {
        return configuration.savepoints();
    }

    /** Returns the folder with {@code jobmanager.log}, {@code taskmanager-1.log} and so on. */
    public Path logs() {
        return settings.folder();
    }

    /** Returns what the cluster says of itself now, or nothing if it does not answer. */
    public Optional<ClusterOverview> overview() throws InterruptedException {
        return ClusterOverview.read(restAddress);
    }

    /** Returns the numbers of the TaskManagers that run, oldest first. */
    public List<Integer> taskManagers() {
        return List.copyOf(taskManagers.keySet());
    }

    /** Starts one more TaskManager and returns its number, counted from 1; it registers a moment later. */
    public int startTaskManager() throws IOException {
        lastNumber++;
        String name = "taskmanager-" + lastNumber;
        var options = new ArrayList<>(configuration.taskManagerJvm());
        options.addAll(settings.jvmOptions());
        Path temporary = settings.folder().resolve("tmp").resolve(name);
        List<String> own = List.of("-Dtaskmanager.resource-id=" + name, "-Dio.tmp.dirs=" + temporary);
        taskManagers.put(lastNumber, launch(name, TASK_MANAGER, options, own));
        return lastNumber;
    }

    /** Kills a TaskManager with SIGKILL; it is gone when this returns, which the JobManager has yet to find out. */
    public void killTaskManager(int number) throws InterruptedException {
        JavaProcess process = taskManagers.remove(number);
        if (process == null) {
            throw new IllegalArgumentException("no TaskManager " + number + " runs, only " + taskManagers.keySet());
        }
        process.kill();
    }

    /** Returns once the JobManager counts that many TaskManagers, no more and no fewer, with all their slots. */
    public void awaitTaskManagers(int count) throws Exception {
        Await.until(count + " TaskManagers, see the logs in " + logs(), PATIENCE, () -> {
            jobManager.requireAlive();
            for (JavaProcess process : taskManagers.values()) {
                process.requireAlive();
            }
            return overview()
                    .filter(now -> now.taskManagers() == count && now.slots() == count * settings.slots())
                    .isPresent();
        });
    }

    /** Kills everything. Logs, checkpoints and savepoints stay in the folder. */
    @Override
    public void close() throws InterruptedException {
        for (JavaProcess process : taskManagers.values()) {
            process.end();
        }
        taskManagers.clear();
        jobManager.end();
    }

    private static void prepare(Path folder, ClusterConfiguration configuration) throws IOException {
        Files.createDirectories(folder.resolve("tmp"));
        Files.createDirectories(folder.resolve("web"));
        Files.createDirectories(configuration.checkpoints());
        Files.createDirectories(configuration.savepoints());
        Files.writeString(folder.resolve("config.yaml"), configuration.text());
        try (InputStream logSettings = FlinkCluster.class.getResourceAsStream(LOG_SETTINGS)) {
            Files.copy(Objects.requireNonNull(logSettings), folder.resolve(LOG_SETTINGS), REPLACE_EXISTING);
        }
    }

    private JavaProcess launch(String name, String mainClass, List<String> jvmOptions, List<String> dynamicProperties)
            throws IOException {
        Path folder = settings.folder();
        var options = new ArrayList<>(jvmOptions);
        options.add("-Dlog4j2.configurationFile=" + folder.resolve(LOG_SETTINGS).toUri());
        options.add("-Dlog.file=" + folder.resolve(name + ".log"));
        var args = new ArrayList<>(List.of("--configDir", folder.toString()));
        args.addAll(dynamicProperties);
        return JavaProcess.start(
                name, ClassPath.ofADistribution(), options, mainClass, args, folder.resolve(name + ".out"));
    }
}
