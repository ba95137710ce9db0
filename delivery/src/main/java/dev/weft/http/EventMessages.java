package dev.weft.http;

import dev.weft.event.EventFormat;
import dev.weft.event.EventReader;
import dev.weft.event.EventWriter;
import dev.weft.event.MeshEvent;
import dev.weft.event.Origin;
import dev.weft.event.Received;
import dev.weft.event.RefusedRecord;
import dev.weft.event.WireHeaders;
import dev.weft.event.WireRecord;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Events as HTTP messages and back (CloudEvents HTTP protocol binding v1.0.2). The payload's bytes stay as they are.
 * Headers of the Kafka record that are not attributes are not sent: they were not written for the endpoint.
 */
public final class EventMessages {

    private static final byte[] NOTHING = {};
    private static final String CONTENT_TYPE = "content-type";
    private static final String PREFIX = "ce-";
    private static final String CLAIM = "application/cloudevents";

    private EventMessages() {}

    /**
     * Returns the message that carries the event.
     *
     * @param more headers that go before the event's own
     */
    public static HttpMessage of(MeshEvent event, EventMode mode, List<HttpHeader> more) {
        return switch (mode) {
            case BINARY -> binary(event, more);
            case STRUCTURED -> structured(event, more);
        };
    }

    private static HttpMessage structured(MeshEvent event, List<HttpHeader> more) {
        WireRecord wire = EventWriter.write(event, EventFormat.STRUCTURED);
        List<HttpHeader> headers = new ArrayList<>(more);
        headers.add(new HttpHeader(CONTENT_TYPE, CLAIM + "+json; charset=UTF-8"));
        return new HttpMessage(headers, orNothing(wire.value()));
    }

    /** A structured event is written as a binary one first: what its payload is, and its type, is decided there. */
    private static HttpMessage binary(MeshEvent event, List<HttpHeader> more) {
        WireRecord wire = EventWriter.write(event, EventFormat.BINARY);
        MeshEvent written = wire == event.wire() ? event : MeshEvent.stored(event.origin(), wire);
        List<HttpHeader> headers = new ArrayList<>(more);
        for (String name : written.attributeNames()) {
            String value = String.valueOf(written.attribute(name));
            headers.add(
                    name.equals("datacontenttype")
                            ? new HttpHeader(CONTENT_TYPE, value)
                            : new HttpHeader(headerOf(name), HeaderText.encoded(value)));
        }
        return new HttpMessage(headers, orNothing(wire.value()));
    }

    /** Without a new string for what every event has. */
    private static String headerOf(String attribute) {
        return switch (attribute) {
            case "id" -> "ce-id";
            case "source" -> "ce-source";
            case "type" -> "ce-type";
            case "specversion" -> "ce-specversion";
            case "time" -> "ce-time";
            case "subject" -> "ce-subject";
            default -> PREFIX + attribute;
        };
    }

    private static byte[] orNothing(byte @Nullable [] bytes) {
        return bytes == null ? NOTHING : bytes;
    }

    /**
     * Returns the event that an answer carries. As in Knative's data plane, one that claims to be an event must be one:
     * by a {@code ce-specversion} header, or by its content type; any other answer is none. Ask it of successes only.
     */
    public static ReplyReading reply(HttpReply reply) {
        String contentType = reply.header(CONTENT_TYPE).orElse("").toLowerCase(Locale.ROOT);
        boolean structured = contentType.startsWith(CLAIM);
        if (!structured && reply.header("ce-specversion").isEmpty()) {
            return ReplyReading.None.NONE;
        }
        WireHeaders.Builder headers = new WireHeaders.Builder();
        for (HttpHeader header : reply.headers()) {
            String name = header.name().toLowerCase(Locale.ROOT);
            if (name.equals(CONTENT_TYPE)) {
                headers.add(CONTENT_TYPE, header.value().getBytes(StandardCharsets.UTF_8));
            } else if (!structured && name.startsWith(PREFIX)) {
                byte[] value = HeaderText.decoded(header.value());
                if (value == null) {
                    return new ReplyReading.Malformed("the header " + name + " is not percent-encoded");
                }
                headers.add("ce_" + name.substring(PREFIX.length()), value);
            }
        }
        WireRecord wire = new WireRecord(null, headers.build(), reply.body().length == 0 ? null : reply.body());
        Received received = new EventReader(Long.MAX_VALUE).read(Origin.NONE, wire);
        return received instanceof MeshEvent event
                ? new ReplyReading.Replied(event)
                : new ReplyReading.Malformed(((RefusedRecord) received).detail());
    }
}
