package dev.weft.event;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloudevents.CloudEvent;
import io.cloudevents.CloudEventData;
import io.cloudevents.SpecVersion;
import java.net.URI;
import java.time.OffsetDateTime;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An event as it flows through the mesh: a CloudEvent 1.0 that keeps the bytes it came as, knows where it was read, and
 * looks into its attributes and payload only when asked. Immutable, and safe to share between threads.
 *
 * <p>Attributes are text: a Kafka header has no type, so {@link #attribute} gives the canonical text of each, whichever
 * way the event came. {@link #getExtension} gives Boolean and Integer where a structured event had them.
 *
 * <p>Two events are equal when they were read at the same place with the same bytes.
 */
public final class MeshEvent implements CloudEvent, EventView, Received {

    private final Origin origin;
    private final WireRecord wire;

    /** How payloads that are not JSON are read. Belongs to who reads the event: it is not stored with it. */
    private final PayloadReaders readers;

    /** Read from the wire when first needed. Racing threads read the same bytes, so either's answer is right. */
    private @Nullable Envelope envelope;

    private @Nullable PayloadReading whole;

    MeshEvent(Origin origin, WireRecord wire, @Nullable Envelope envelope) {
        this(origin, wire, envelope, PayloadReaders.jsonOnly());
    }

    private MeshEvent(Origin origin, WireRecord wire, @Nullable Envelope envelope, PayloadReaders readers) {
        this.origin = origin;
        this.wire = wire;
        this.envelope = envelope;
        this.readers = readers;
    }

    /** Takes up an event that was stored: its bytes were accepted before and are not checked again. */
    public static MeshEvent stored(Origin origin, WireRecord wire) {
        return new MeshEvent(origin, wire, null);
    }

    /** Makes an event of the mesh's own, in binary mode and without a key, of any CloudEvent 1.0. */
    public static MeshEvent of(CloudEvent event) {
        return stored(Origin.NONE, EventWriter.binary(null, event));
    }

    @Override
    public Origin origin() {
        return origin;
    }

    @Override
    public WireRecord wire() {
        return wire;
    }

    @Override
    public void giveTo(Receiver receiver) {
        receiver.onEvent(this);
    }

    @Override
    public @Nullable String attribute(String name) {
        return envelope().text(name);
    }

    /** Returns the names of all attributes and extensions the event has, in the order they came. */
    @Override
    public Set<String> attributeNames() {
        return Collections.unmodifiableSet(envelope().names());
    }

    /** Returns the same event, whose payload these readers read. What is made of it has the same readers. */
    public MeshEvent readBy(PayloadReaders others) {
        return readers.equals(others) ? this : new MeshEvent(origin, wire, envelope, others);
    }

    PayloadReaders readers() {
        return readers;
    }

    /**
     * Reads the wanted part of the payload, in one pass over its bytes: of JSON, and of the content types that its
     * readers know. Each call reads again, unless all was read before: a caller asks once, for all it wants.
     */
    public PayloadReading read(Projection wanted) {
        PayloadReading reading = whole;
        return reading == null ? envelope().read(wanted, readers) : reading;
    }

    /**
     * Returns the whole payload as JSON, read when first asked for; a missing node if there is none, its content type
     * is none that is read, or it is damaged.
     */
    @Override
    public JsonNode data() {
        PayloadReading reading = whole;
        if (reading == null) {
            reading = read(Projection.everything());
            whole = reading;
        }
        return reading.root();
    }

    /** Returns the payload as bytes of its content type, or null if there is none. Nobody may write to them. */
    public byte @Nullable [] payload() {
        return envelope().payload();
    }

    /** Whether the payload is a piece of the JSON text that the event came as. */
    boolean isPieceOfJson() {
        return envelope().isPieceOfJson();
    }

    private Envelope envelope() {
        Envelope read = envelope;
        if (read == null) {
            read = EventReader.storedEnvelope(wire);
            envelope = read;
        }
        return read;
    }

    @Override
    public @Nullable CloudEventData getData() {
        byte[] payload = payload();
        return payload == null ? null : () -> payload;
    }

    @Override
    public SpecVersion getSpecVersion() {
        return SpecVersion.V1;
    }

    @Override
    public String getId() {
        return required("id");
    }

    @Override
    public String getType() {
        return required("type");
    }

    @Override
    public URI getSource() {
        return URI.create(required("source"));
    }

    private String required(String name) {
        return Objects.requireNonNull(attribute(name), name);
    }

    @Override
    public @Nullable String getDataContentType() {
        return attribute("datacontenttype");
    }

    @Override
    public @Nullable URI getDataSchema() {
        String schema = attribute("dataschema");
        return schema == null ? null : URI.create(schema);
    }

    @Override
    public @Nullable String getSubject() {
        return attribute("subject");
    }

    @Override
    public @Nullable OffsetDateTime getTime() {
        String time = attribute("time");
        return time == null ? null : OffsetDateTime.parse(time.toUpperCase(Locale.ROOT));
    }

    @Override
    public @Nullable Object getAttribute(String name) {
        return switch (name) {
            case "specversion" -> getSpecVersion();
            case "id" -> getId();
            case "source" -> getSource();
            case "type" -> getType();
            case "datacontenttype" -> getDataContentType();
            case "dataschema" -> getDataSchema();
            case "subject" -> getSubject();
            case "time" -> getTime();
            default -> throw new IllegalArgumentException("CloudEvents 1.0 has no attribute called " + name);
        };
    }

    @Override
    public @Nullable Object getExtension(String name) {
        return AttributeNames.OF_THE_SPECIFICATION.contains(name)
                ? null
                : envelope().typed(name);
    }

    @Override
    public Set<String> getExtensionNames() {
        Set<String> names = new LinkedHashSet<>(envelope().names());
        names.removeAll(AttributeNames.OF_THE_SPECIFICATION);
        return names;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof MeshEvent that && origin.equals(that.origin) && wire.equals(that.wire);
    }

    @Override
    public int hashCode() {
        return Objects.hash(origin, wire);
    }

    /** Returns the event's type, id and source: enough to find it, and nothing of its payload. */
    @Override
    public String toString() {
        return getType() + " " + getId() + " from " + required("source");
    }
}
