package dev.weft.job.k8s;

import dev.weft.config.Checked;
import dev.weft.config.Problem;
import dev.weft.scale.cli.ScalerConfig;
import dev.weft.scale.cli.ScalerConfigReader;
import dev.weft.scale.control.Trigger.ScaledObjectKey;
import dev.weft.scale.grpc.TriggerReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Looks whether the scaler would take its configuration, and the trigger that asks it, as it reads them itself. */
public final class ScalerChecks {

    private ScalerChecks() {}

    /** Returns what the scaler would say, one line each; nothing if it takes both. */
    public static List<String> mistakes(List<Manifest> manifests) {
        List<String> mistakes = new ArrayList<>();
        Map<String, String> variables = new LinkedHashMap<>();
        manifests.stream()
                .filter(manifest -> manifest.toString().endsWith("-variables"))
                .forEach(manifest -> manifest.object()
                        .path("data")
                        .properties()
                        .forEach(variable -> variables.put(
                                variable.getKey(), variable.getValue().asText())));
        Optional<ScalerConfig> config = Optional.empty();
        for (Manifest manifest : manifests) {
            String text = manifest.object().path("data").path("scaler.yaml").asText();
            if (!text.isEmpty()) {
                Checked<ScalerConfig> read = ScalerConfigReader.read("scaler.yaml", text, variables);
                read.problems().stream().map(Problem::message).forEach(mistakes::add);
                config = read.value();
            }
        }
        if (config.isEmpty()) {
            mistakes.add("no scaler.yaml that can be read");
        } else {
            var triggers = new TriggerReader(
                    config.get().kafka().keySet(), config.get().flink().keySet());
            manifests.stream()
                    .filter(manifest -> manifest.kind().equals("ScaledObject"))
                    .forEach(manifest -> mistakes.addAll(mistakes(triggers, manifest)));
        }
        return List.copyOf(mistakes);
    }

    private static List<String> mistakes(TriggerReader triggers, Manifest scaled) {
        Map<String, String> metadata = new LinkedHashMap<>();
        scaled.object()
                .at("/spec/triggers/0/metadata")
                .properties()
                .forEach(entry -> metadata.put(entry.getKey(), entry.getValue().asText()));
        String namespace = scaled.object().at("/metadata/namespace").asText("default");
        return triggers.read(new ScaledObjectKey(namespace, scaled.name()), metadata).problems().stream()
                .map(Problem::message)
                .toList();
    }
}
