package dev.weft.job.k8s;

import dev.weft.config.NodeJson;
import dev.weft.config.Problems;
import dev.weft.config.Substitution;
import dev.weft.config.YamlReader;
import java.lang.reflect.Field;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.flink.configuration.BlobServerOptions;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.DeploymentOptions;
import org.apache.flink.configuration.HeartbeatManagerOptions;
import org.apache.flink.configuration.HighAvailabilityOptions;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.MetricOptions;
import org.apache.flink.configuration.NettyShuffleEnvironmentOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.configuration.WebOptions;

/** What Flink itself makes of the settings of a mesh: it passes over names that it does not know. */
final class FlinkSettings {

    private static final List<Class<?>> OPTIONS = List.of(
            BlobServerOptions.class,
            CheckpointingOptions.class,
            CoreOptions.class,
            DeploymentOptions.class,
            HeartbeatManagerOptions.class,
            HighAvailabilityOptions.class,
            JobManagerOptions.class,
            MetricOptions.class,
            NettyShuffleEnvironmentOptions.class,
            RestOptions.class,
            RestartStrategyOptions.class,
            StateBackendOptions.class,
            TaskManagerOptions.class,
            WebOptions.class);

    /** Of flink-kubernetes, which is in every distribution of Flink and not among our libraries. */
    private static final Set<String> OF_KUBERNETES =
            Set.of("kubernetes.cluster-id", "kubernetes.taskmanager.service-account");

    private FlinkSettings() {}

    static List<String> mistakes(List<Manifest> manifests) {
        Map<String, String> settings = new TreeMap<>();
        manifests.forEach(manifest -> {
            Stream.of("config.yaml", "scheduler.yaml")
                    .map(file -> manifest.object().path("data").path(file).asText())
                    .filter(text -> !text.isEmpty())
                    .forEach(text -> NodeJson.of(YamlReader.read("flink", text, Substitution.none(), new Problems())
                                    .orElseThrow())
                            .properties()
                            .forEach(setting -> settings.merge(
                                    setting.getKey(), setting.getValue().asText(), FlinkSettings::refuseSecond)));
            manifest.object()
                    .at("/spec/flinkConfiguration")
                    .properties()
                    .forEach(setting ->
                            settings.put(setting.getKey(), setting.getValue().asText()));
        });
        if (settings.isEmpty()) {
            return List.of("there are no settings");
        }
        Map<String, ConfigOption<?>> known = known();
        return settings.entrySet().stream()
                .filter(setting -> !OF_KUBERNETES.contains(setting.getKey()))
                .flatMap(setting -> mistake(known, setting.getKey(), setting.getValue()))
                .toList();
    }

    private static String refuseSecond(String first, String second) {
        throw new AssertionError("a setting stands twice: " + first + " and " + second);
    }

    private static Stream<String> mistake(Map<String, ConfigOption<?>> known, String name, String value) {
        ConfigOption<?> option = known.get(name);
        if (option == null) {
            return Stream.of("Flink knows no " + name);
        }
        try {
            Configuration settings = new Configuration();
            settings.setString(name, value);
            var unused = settings.get(option);
            return Stream.of();
        } catch (IllegalArgumentException e) {
            return Stream.of(String.valueOf(e.getMessage()));
        }
    }

    private static Map<String, ConfigOption<?>> known() {
        Map<String, ConfigOption<?>> known = new HashMap<>();
        for (Class<?> options : OPTIONS) {
            for (Field field : options.getFields()) {
                if (field.getType() == ConfigOption.class) {
                    try {
                        ConfigOption<?> option = (ConfigOption<?>) field.get(null);
                        known.put(option.key(), option);
                    } catch (IllegalAccessException e) {
                        throw new AssertionError(e);
                    }
                }
            }
        }
        return known;
    }
}
