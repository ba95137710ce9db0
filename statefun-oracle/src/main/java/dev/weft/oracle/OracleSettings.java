package dev.weft.oracle;

import org.apache.flink.configuration.Configuration;

/** The Flink settings StateFun insists on, and how often it takes checkpoints. */
final class OracleSettings {

    private OracleSettings() {}

    static Configuration of(long checkpointMillis, String folder) {
        Configuration settings = new Configuration();
        settings.setString("execution.checkpointing.interval", checkpointMillis + " ms");
        settings.setString("execution.checkpointing.mode", "EXACTLY_ONCE");
        settings.setString("execution.checkpointing.max-concurrent-checkpoints", "1");
        settings.setString("state.checkpoints.dir", "file://" + folder);
        settings.setString(
                "classloader.parent-first-patterns.additional",
                "org.apache.flink.statefun;org.apache.kafka;com.google.protobuf");
        settings.setString("restart-strategy", "fixed-delay");
        settings.setString("restart-strategy.fixed-delay.attempts", String.valueOf(Integer.MAX_VALUE));
        settings.setString("restart-strategy.fixed-delay.delay", "200 ms");
        return settings;
    }
}
