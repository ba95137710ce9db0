package dev.weft.benchmarks.scaler;

import dev.weft.scale.simulator.SimulateCommand;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine;

/**
 * How well does the scaler size a simulated job, beside KEDA's Kafka scaler, an HPA on CPU, the plan of one who knows
 * the future, and the Flink operator's own autoscaler, as it comes and tuned? Options are those of {@code ./weft scaler
 * simulate}.
 */
public final class ScalerSimulation {

    private ScalerSimulation() {}

    public static void main(String[] args) throws Exception {
        Path log = Files.createTempFile("flink-autoscaler", ".log");
        int exit;
        try (AutoscalerProcess process = AutoscalerProcess.start(log)) {
            exit = new CommandLine(new SimulateCommand(
                            List.of(FlinkAutoscaler.asItComes(process), FlinkAutoscaler.tuned(process))))
                    .execute(args);
        }
        System.exit(exit);
    }
}
