package dev.weft.local.flink;

import dev.weft.local.FileTree;
import dev.weft.local.LoopbackPort;
import dev.weft.local.StartFailure;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * A Flink cluster in this process, with the web pages and REST interface of a real one. Files go below one folder;
 * checkpoints and savepoints stay there, everything else is deleted on {@link #close()}.
 *
 * <pre>{@code
 * try (var flink = EmbeddedFlink.start(FlinkSettings.in(folder))) {
 *     StreamExecutionEnvironment env = flink.environment();
 *     env.fromData(1, 2, 3).print();
 *     env.executeAsync("numbers");
 *     System.out.println("look at " + flink.restAddress());
 * }
 * }</pre>
 */
public final class EmbeddedFlink implements AutoCloseable {

    private static final Duration PATIENCE_TO_STOP = Duration.ofSeconds(60);

    private final FlinkSettings settings;
    private final Configuration configuration;
    private final MiniCluster cluster;
    private final URI restAddress;

    private EmbeddedFlink(FlinkSettings settings, Configuration configuration, MiniCluster cluster, URI restAddress) {
        this.settings = settings;
        this.configuration = configuration;
        this.cluster = cluster;
        this.restAddress = restAddress;
    }

    /**
     * Starts a cluster that takes jobs when this returns.
     *
     * @throws StartFailure if the web port is taken or the folder cannot be written to
     */
    public static EmbeddedFlink start(FlinkSettings settings) throws StartFailure {
        int webPort = LoopbackPort.claim("Flink's web pages", settings.webPort());
        Configuration configuration = LocalConfiguration.of(settings, webPort);
        MiniCluster cluster = new MiniCluster(new MiniClusterConfiguration.Builder()
                .setConfiguration(configuration)
                .setCommonBindAddress(LoopbackPort.HOST)
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(settings.slots())
                .build());
        try {
            FileTree.delete(settings.temporary());
            Files.createDirectories(settings.temporary());
            Files.createDirectories(settings.checkpoints());
            cluster.start();
            return new EmbeddedFlink(
                    settings, configuration, cluster, cluster.getRestAddress().get());
        } catch (Exception e) {
            cluster.closeAsync();
            throw StartFailure.of("Flink", e);
        }
    }

    /**
     * Returns a new environment whose {@code execute} and {@code executeAsync} run the job here. Job and cluster share
     * one class path, so nothing is packaged.
     */
    public StreamExecutionEnvironment environment() {
        var environment = new StreamExecutionEnvironment(
                new MiniClusterExecutor(cluster),
                new Configuration(configuration),
                EmbeddedFlink.class.getClassLoader());
        environment.setParallelism(settings.slots());
        return environment;
    }

    /** Returns where REST answers and the web pages are, such as {@code http://127.0.0.1:8081}. */
    public URI restAddress() {
        return restAddress;
    }

    /** Ends every job where it stands, then the cluster. Jobs that shall keep their place are stopped before. */
    @Override
    public void close() throws IOException {
        try {
            cluster.closeAsync().get(PATIENCE_TO_STOP.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while Flink was stopping", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("Flink did not stop cleanly", e);
        } finally {
            FileTree.delete(settings.temporary());
        }
    }
}
