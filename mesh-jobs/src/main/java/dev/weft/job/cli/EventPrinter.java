package dev.weft.job.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weft.event.EventReader;
import dev.weft.event.MeshEvent;
import dev.weft.event.PayloadReaders;
import dev.weft.event.Received;
import dev.weft.event.RefusedRecord;
import dev.weft.event.WireRecord;
import dev.weft.event.kafka.KafkaRecords;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Records of a channel as a person, or a script, reads them. */
final class EventPrinter {

    private static final EventReader READER = new EventReader(Long.MAX_VALUE);
    private static final List<String> IN_THE_FIRST_LINE = List.of("specversion", "id", "type", "source");
    private static final int LONGEST_TEXT = 4000;

    private EventPrinter() {}

    /** Returns one line of JSON: the event in structured form; for a record that is none, its reason and its bytes. */
    static String json(ConsumerRecord<byte[], byte[]> record) {
        Received received = READER.read(KafkaRecords.origin(record), KafkaRecords.wire(record));
        if (received instanceof MeshEvent event) {
            return Json.line(EventText.structured(event));
        }
        RefusedRecord refused = (RefusedRecord) received;
        ObjectNode json = Json.object()
                .put("notAnEvent", refused.reason().code())
                .put("detail", refused.detail())
                .put("topic", record.topic())
                .put("partition", record.partition())
                .put("offset", record.offset());
        byte[] value = record.value();
        if (value != null) {
            json.put("value_base64", Base64.getEncoder().encodeToString(value));
        }
        return Json.line(json);
    }

    /**
     * Returns several lines: what it is and where it was, its other attributes, its payload; as JSON, if it can be
     * read.
     */
    static String pretty(ConsumerRecord<byte[], byte[]> record, PayloadReaders payloads) {
        Received received = READER.read(KafkaRecords.origin(record), KafkaRecords.wire(record));
        String place = received.origin() + " at " + Instant.ofEpochMilli(record.timestamp());
        if (received instanceof MeshEvent event) {
            StringBuilder text = new StringBuilder(
                    "%s %s from %s  (%s)".formatted(event.getType(), event.getId(), event.attribute("source"), place));
            for (String name : event.attributeNames()) {
                if (!IN_THE_FIRST_LINE.contains(name)) {
                    text.append("\n  ").append(name).append(": ").append(shown(String.valueOf(event.attribute(name))));
                }
            }
            return text.append(payload(event.readBy(payloads))).toString();
        }
        RefusedRecord refused = (RefusedRecord) received;
        return "not an event: %s  (%s)%s".formatted(shown(refused.detail()), place, bytes(refused.wire()));
    }

    private static String payload(MeshEvent event) {
        JsonNode data = event.data();
        if (!data.isMissingNode()) {
            return Json.pretty(data).lines().map(line -> "\n  " + shown(line)).collect(Collectors.joining());
        }
        byte[] payload = event.payload();
        return payload == null ? "" : text(payload);
    }

    private static String bytes(WireRecord wire) {
        byte[] value = wire.value();
        return value == null ? "" : text(value);
    }

    private static String text(byte[] bytes) {
        String text = new String(bytes, 0, Math.min(bytes.length, LONGEST_TEXT), StandardCharsets.UTF_8);
        String rest = bytes.length > LONGEST_TEXT ? "... (" + bytes.length + " bytes)" : "";
        return "\n  " + shown(text) + rest;
    }

    /** Bytes that somebody sent must not steer the terminal. */
    private static String shown(String text) {
        return text.codePoints()
                .map(point -> Character.isISOControl(point) ? '\ufffd' : point)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
