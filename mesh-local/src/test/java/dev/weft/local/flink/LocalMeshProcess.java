package dev.weft.local.flink;

import dev.weft.local.EmbeddedKafka;
import dev.weft.local.LocalLogging;
import dev.weft.local.LoopbackPort;
import dev.weft.local.WorkFolder;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.core.execution.JobClient;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/** A process that starts everything local, uses it, closes it while a job is running, and returns from main. */
public final class LocalMeshProcess {

    private LocalMeshProcess() {}

    public static void main(String[] args) throws Exception {
        try (var work = WorkFolder.open(Path.of(args[0]))) {
            work.keepTemporaryFilesHere();
            LocalLogging.toFolder(work.logs());
            try (var kafka = EmbeddedKafka.start(work.kafka(), LoopbackPort.ANY);
                    var flink = EmbeddedFlink.start(FlinkSettings.in(work.flink()))) {
                kafka.createTopics("orders");
                for (String compression : new String[] {"lz4", "snappy", "zstd"}) {
                    send(kafka, compression);
                }
                var env = flink.environment();
                env.fromSequence(1, Long.MAX_VALUE)
                        .keyBy(number -> number % 10)
                        .map(new CountPerKey<>())
                        .filter(count -> count < 0)
                        .print();
                awaitRunning(env.executeAsync("still running when Flink is closed"));
            }
        }
    }

    private static void awaitRunning(JobClient job) throws Exception {
        JobStatus status = job.getJobStatus().get();
        while (status != JobStatus.RUNNING) {
            if (status.isTerminalState()) {
                throw new IllegalStateException("the job is " + status);
            }
            LockSupport.parkNanos(10_000_000);
            status = job.getJobStatus().get();
        }
    }

    private static void send(EmbeddedKafka kafka, String compression) throws Exception {
        Map<String, Object> settings =
                Map.of("bootstrap.servers", kafka.bootstrapServers(), "compression.type", compression);
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>("orders", "o".repeat(10_000))).get();
        }
    }
}
