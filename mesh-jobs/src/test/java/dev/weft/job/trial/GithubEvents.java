package dev.weft.job.trial;

import io.cloudevents.CloudEvent;
import io.cloudevents.core.message.Encoding;
import io.cloudevents.jackson.JsonFormat;
import io.cloudevents.kafka.CloudEventSerializer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** Real webhooks that stand in a file beside the project, where there is one. */
final class GithubEvents {

    private static final Path FILE = Path.of("shared", "data", "github-events.jsonl");

    private GithubEvents() {}

    /** Returns the file, looked for in every folder above this one. */
    static Optional<Path> file() {
        return Stream.iterate(Path.of("").toAbsolutePath(), Objects::nonNull, Path::getParent)
                .map(folder -> folder.resolve(FILE))
                .filter(Files::isRegularFile)
                .findFirst();
    }

    /** Returns the events as others would send them: by the CloudEvents SDK, every second one in structured mode. */
    static List<ProducerRecord<byte[], byte[]>> asOthersSendThem(Path file, String topic) throws IOException {
        JsonFormat json = new JsonFormat();
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        try (CloudEventSerializer binary = serializer(Encoding.BINARY);
                CloudEventSerializer structured = serializer(Encoding.STRUCTURED)) {
            for (String line : Files.readAllLines(file)) {
                CloudEvent event = json.deserialize(utf8(line));
                CloudEventSerializer serializer = records.size() % 2 == 0 ? binary : structured;
                Headers headers = new RecordHeaders();
                byte[] value = serializer.serialize(topic, headers, event);
                byte[] key = utf8(String.valueOf(event.getExtension("partitionkey")));
                records.add(new ProducerRecord<>(topic, null, key, value, headers));
            }
        }
        return records;
    }

    private static CloudEventSerializer serializer(Encoding encoding) {
        CloudEventSerializer serializer = new CloudEventSerializer();
        serializer.configure(
                encoding == Encoding.BINARY
                        ? Map.of(CloudEventSerializer.ENCODING_CONFIG, encoding)
                        : Map.of(
                                CloudEventSerializer.ENCODING_CONFIG,
                                encoding,
                                CloudEventSerializer.EVENT_FORMAT_CONFIG,
                                JsonFormat.CONTENT_TYPE),
                false);
        return serializer;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
