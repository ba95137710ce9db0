package dev.weft.local;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * How the one broker of a local mesh is set up: a controller and broker in one, replicating nothing, small in memory,
 * quick to start and stop, and generous with message sizes so that limits are met in the mesh and not in front of it.
 */
final class BrokerSettings {

    static final int NODE_ID = 1;
    static final String CONTROLLER_LISTENER = "CONTROLLER";

    private static final int MAX_MESSAGE_BYTES = 32 << 20;

    private BrokerSettings() {}

    static Map<String, String> of(Path directory, int port, int controllerPort, boolean makesTopics) {
        String client = "PLAINTEXT://" + LoopbackPort.HOST + ":" + port;
        String controller = CONTROLLER_LISTENER + "://" + LoopbackPort.HOST + ":" + controllerPort;
        Map<String, String> settings = new HashMap<>(FIXED);
        settings.put("auto.create.topics.enable", String.valueOf(makesTopics));
        settings.put("node.id", String.valueOf(NODE_ID));
        settings.put("controller.quorum.voters", NODE_ID + "@" + LoopbackPort.HOST + ":" + controllerPort);
        settings.put("listeners", client + "," + controller);
        settings.put("advertised.listeners", client);
        settings.put("log.dirs", directory.toString());
        return settings;
    }

    private static final Map<String, String> FIXED = Map.ofEntries(
            Map.entry("process.roles", "broker,controller"),
            Map.entry("controller.listener.names", CONTROLLER_LISTENER),
            Map.entry("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT," + CONTROLLER_LISTENER + ":PLAINTEXT"),
            Map.entry("inter.broker.listener.name", "PLAINTEXT"),
            // One broker: nothing to replicate to.
            Map.entry("default.replication.factor", "1"),
            Map.entry("min.insync.replicas", "1"),
            Map.entry("offsets.topic.replication.factor", "1"),
            Map.entry("offsets.topic.num.partitions", "1"),
            Map.entry("transaction.state.log.replication.factor", "1"),
            Map.entry("transaction.state.log.min.isr", "1"),
            Map.entry("transaction.state.log.num.partitions", "1"),
            Map.entry("share.coordinator.state.topic.replication.factor", "1"),
            Map.entry("share.coordinator.state.topic.min.isr", "1"),
            Map.entry("share.coordinator.state.topic.num.partitions", "1"),
            // Sizes.
            Map.entry("message.max.bytes", String.valueOf(MAX_MESSAGE_BYTES)),
            Map.entry("replica.fetch.max.bytes", String.valueOf(MAX_MESSAGE_BYTES)),
            Map.entry("socket.request.max.bytes", String.valueOf(4 * MAX_MESSAGE_BYTES)),
            // Flink keeps a transaction open from one checkpoint to the next, and over its own restarts.
            Map.entry("transaction.max.timeout.ms", String.valueOf(24L * 60 * 60 * 1000)),
            Map.entry("transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000"),
            // Memory: the cleaner alone takes 128 MB by default, an index file 10 MB of address space.
            Map.entry("log.cleaner.dedupe.buffer.size", String.valueOf(4 << 20)),
            Map.entry("log.index.size.max.bytes", String.valueOf(2 << 20)),
            Map.entry("num.network.threads", "2"),
            Map.entry("num.io.threads", "4"),
            Map.entry("background.threads", "2"),
            // Start and stop: no group has to wait for members. A broker that says goodbye may return at once; one
            // that was killed must wait until its old session has run out.
            Map.entry("group.initial.rebalance.delay.ms", "0"),
            Map.entry("controlled.shutdown.enable", "true"),
            Map.entry("broker.heartbeat.interval.ms", "500"),
            Map.entry("broker.session.timeout.ms", "5000"));
}
