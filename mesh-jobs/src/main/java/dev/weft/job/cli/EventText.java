package dev.weft.job.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import dev.weft.event.EventFormat;
import dev.weft.event.EventReader;
import dev.weft.event.EventWriter;
import dev.weft.event.MeshEvent;
import dev.weft.event.Origin;
import dev.weft.event.Received;
import dev.weft.event.RefusedRecord;
import dev.weft.event.WireHeaders;
import dev.weft.event.WireRecord;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import org.jspecify.annotations.Nullable;

/** CloudEvents as JSON text: what files hold, what is typed, and what is printed. */
final class EventText {

    private static final WireHeaders STRUCTURED = new WireHeaders.Builder()
            .add("content-type", "application/cloudevents+json".getBytes(StandardCharsets.UTF_8))
            .build();

    private EventText() {}

    /** Takes one event after the other. */
    interface Sink {
        void take(MeshEvent event) throws CommandFailure;
    }

    /**
     * Reads every event of a file: one JSON document, one a line, or a list of them. They are handed on as they come,
     * so the standard input may go on for ever.
     */
    static void readAll(Shell shell, String file, Sink sink) throws CommandFailure {
        try (InputStream in = file.equals(InputFile.STANDARD_INPUT)
                        ? shell.in()
                        : Files.newInputStream(InputFile.existing(file));
                MappingIterator<JsonNode> documents =
                        Json.MAPPER.readerFor(JsonNode.class).readValues(in)) {
            while (documents.hasNextValue()) {
                JsonNode document = documents.nextValue();
                String place = InputFile.named(file) + ":"
                        + documents.getCurrentLocation().getLineNr();
                for (JsonNode each : document.isArray()
                        ? document
                        : Json.MAPPER.createArrayNode().add(document)) {
                    sink.take(event(place, each));
                }
            }
        } catch (JsonProcessingException e) {
            throw notJson(file, e);
        } catch (NumberFormatException e) {
            throw noNumber(file, e);
        } catch (IOException e) {
            throw CommandFailure.input(InputFile.named(file) + ": cannot be read: " + e.getMessage());
        }
    }

    /** Reads the only event of a file. */
    static MeshEvent readOne(Shell shell, String file) throws CommandFailure {
        try {
            return event(InputFile.named(file), Json.MAPPER.readTree(InputFile.text(shell, file)));
        } catch (JsonProcessingException e) {
            throw notJson(file, e);
        } catch (NumberFormatException e) {
            throw noNumber(file, e);
        }
    }

    /** What Jackson throws of a number such as 1e99999999999, which nobody in a mesh reads. */
    private static CommandFailure noNumber(String file, NumberFormatException e) {
        return CommandFailure.input(InputFile.named(file) + ": a number that is none: " + e.getMessage());
    }

    private static CommandFailure notJson(String file, JsonProcessingException e) {
        String place = e.getLocation() == null
                ? ""
                : ":%d:%d"
                        .formatted(e.getLocation().getLineNr(), e.getLocation().getColumnNr());
        return CommandFailure.input(InputFile.named(file) + place + ": not JSON: "
                + e.getOriginalMessage().lines().findFirst().orElse(""));
    }

    private static JsonNode read(byte @Nullable [] json) throws IOException {
        try {
            return Json.MAPPER.readTree(json);
        } catch (NumberFormatException e) {
            return Json.DOUBLES.readTree(json);
        }
    }

    /** Returns the event that a JSON object in structured form describes. */
    static MeshEvent event(String place, JsonNode structured) throws CommandFailure {
        WireRecord record =
                new WireRecord(null, STRUCTURED, Json.line(structured).getBytes(StandardCharsets.UTF_8));
        Received received = new EventReader(Long.MAX_VALUE).read(Origin.NONE, record);
        if (received instanceof MeshEvent event) {
            return event;
        }
        RefusedRecord refused = (RefusedRecord) received;
        throw CommandFailure.input("%s: not a CloudEvent: %s (%s)"
                .formatted(place, refused.detail(), refused.reason().code()));
    }

    /** Returns the event in structured form. Where a number in it is none, all its numbers are doubles. */
    static JsonNode structured(MeshEvent event) {
        byte[] json = EventWriter.write(event, EventFormat.STRUCTURED).value();
        try {
            return read(json);
        } catch (IOException e) {
            throw new IllegalStateException("an event in structured form is JSON", e);
        }
    }
}
