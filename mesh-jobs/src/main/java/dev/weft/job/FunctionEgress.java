package dev.weft.job;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.weft.config.KafkaNames;
import dev.weft.config.Nearest;
import dev.weft.event.DeadLetter;
import dev.weft.event.EventDraft;
import dev.weft.event.EventFormat;
import dev.weft.event.EventReader;
import dev.weft.event.EventWriter;
import dev.weft.event.MeshEvent;
import dev.weft.event.Origin;
import dev.weft.event.Reason;
import dev.weft.event.Received;
import dev.weft.event.RefusedRecord;
import dev.weft.event.WireHeaders;
import dev.weft.event.WireRecord;
import dev.weft.function.Address;
import dev.weft.function.Effects;
import dev.weft.function.FunctionType;
import dev.weft.function.Message;
import dev.weft.function.TypedValue;
import dev.weft.function.protocol.KafkaProducerRecordMessage;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes records of what functions say to the world outside, and of messages that no function takes.
 *
 * <p>A value of type {@value Ingress#EVENT} is the JSON of a whole CloudEvent. It is written as the channel has its
 * events, else in binary mode; its key is its {@code partitionkey}, else the id of the function, so that the events of
 * one instance stay in order. It belongs to the trace of the message that it came of, unless it says otherwise. A value
 * of type {@value #RECORD} is written as it is.
 */
public final class FunctionEgress {

    /** The type of a record for Kafka, as the SDKs of Apache StateFun make it. */
    public static final String RECORD = "type.googleapis.com/io.statefun.sdk.egress.KafkaProducerRecord";

    private static final String TRACE = "traceparent";
    private static final String EXPECTED = "a value of type " + Ingress.EVENT + " or " + RECORD;

    private static final WireHeaders OF_JSON = new WireHeaders.Builder()
            .add("content-type", "application/cloudevents+json".getBytes(StandardCharsets.UTF_8))
            .build();

    private final FunctionPlan plan;
    private final EventReader reader;
    private final Map<FunctionType, ChannelConfig> channels = new HashMap<>();

    public FunctionEgress(FunctionPlan plan) {
        this.plan = plan;
        this.reader = new EventReader(plan.maxEventBytes());
        plan.egress().forEach((name, channel) -> channels.put(name, plan.channel(channel)));
    }

    /**
     * A record for a topic.
     *
     * @param refused why it is for the dead letter; null where it is what the function said
     */
    public record Said(
            String topic, WireRecord record, @Nullable Reason refused) {}

    /**
     * Returns the record of what a function said.
     *
     * @param cause the message that it came of
     * @param now milliseconds since 1970
     */
    public Said said(Address from, Effects.Egress egress, Message cause, long now) {
        try {
            return written(from, egress, cause);
        } catch (Unwritable e) {
            Map<String, String> told = new LinkedHashMap<>();
            told.put("weftegress", egress.egress().toString());
            told.put("weftfunction", from.type().toString());
            told.put("weftid", from.id());
            WireRecord letter = letter(Reason.EGRESS_FAILED, e.getMessage(), told, egress.value(), cause.trace(), now);
            return new Said(plan.deadLetterTopic(), letter, Reason.EGRESS_FAILED);
        }
    }

    /**
     * Returns the dead letter of a message that no function takes.
     *
     * @param now milliseconds since 1970
     */
    public Said deadLetter(Message message, Reason reason, String detail, long now) {
        Map<String, String> told = new LinkedHashMap<>();
        told.put("weftfunction", message.target().type().toString());
        told.put("weftid", message.target().id());
        if (message.caller() != null) {
            told.put("weftcaller", message.caller().toString());
        }
        WireRecord letter = letter(reason, detail, told, message.argument(), message.trace(), now);
        return new Said(plan.deadLetterTopic(), letter, reason);
    }

    private WireRecord letter(
            Reason reason,
            String detail,
            Map<String, String> told,
            TypedValue value,
            @Nullable String trace,
            long now) {
        told.put("wefttypename", value.typename());
        if (trace != null) {
            told.put(TRACE, trace);
        }
        String id = UUID.randomUUID().toString();
        return DeadLetter.ofMessage(id, Instant.ofEpochMilli(now), reason, detail, plan.job(), told, value.bytes());
    }

    /** Says in its message what was found, and what was expected. */
    private static final class Unwritable extends Exception {
        private static final long serialVersionUID = 1;

        private final String message;

        Unwritable(String message) {
            super(message, null, false, false);
            this.message = message;
        }

        @Override
        public String getMessage() {
            return message;
        }
    }

    private Said written(Address from, Effects.Egress egress, Message cause) throws Unwritable {
        FunctionType name = egress.egress();
        ChannelConfig channel = channels.get(name);
        if (channel == null && !plan.rawEgress().contains(name)) {
            throw new Unwritable("there is no egress " + name + ", " + expectedFor(name));
        }
        TypedValue value = egress.value();
        return switch (value.typename()) {
            case RECORD -> record(name, channel, value.bytes());
            case Ingress.EVENT -> {
                if (channel == null) {
                    throw new Unwritable(
                            "egress %s was given an event, and writes values of type %s only".formatted(name, RECORD));
                }
                yield event(from, channel, value.bytes(), cause);
            }
            default ->
                throw new Unwritable("egress %s was given a value of type %s, expected %s"
                        .formatted(name, value.typename(), EXPECTED));
        };
    }

    private String expectedFor(FunctionType name) {
        List<String> known = Stream.concat(channels.keySet().stream(), plan.rawEgress().stream())
                .map(FunctionType::toString)
                .sorted()
                .toList();
        String nearest = Nearest.to(name.toString(), known)
                .map(it -> ". Is it " + it + "?")
                .orElse("");
        return "expected " + Nearest.list(known) + nearest;
    }

    private Said record(FunctionType name, @Nullable ChannelConfig channel, byte[] bytes) throws Unwritable {
        KafkaProducerRecordMessage message;
        try {
            message = KafkaProducerRecordMessage.parseFrom(bytes);
        } catch (InvalidProtocolBufferException e) {
            throw new Unwritable(
                    "egress %s was given bytes that are no %s: %s".formatted(name, RECORD, e.getMessage()));
        }
        String topic = message.getTopic();
        if (channel != null && !channel.topic().equals(topic)) {
            throw new Unwritable("egress %s was given a record for topic \"%s\", expected topic %s of channel %s"
                    .formatted(name, topic, channel.topic(), channel.name()));
        }
        if (KafkaNames.topic(topic).isEmpty()) {
            throw new Unwritable("egress %s was given a record for topic \"%s\", expected %s"
                    .formatted(name, topic, KafkaNames.TOPIC));
        }
        if (channel == null && plan.isReserved(topic)) {
            throw new Unwritable(
                    "egress %s was given a record for topic %s, where the mesh writes itself, expected another"
                            .formatted(name, topic));
        }
        byte[] key = message.getKey().isEmpty() ? null : message.getKey().getBytes(StandardCharsets.UTF_8);
        WireRecord record = new WireRecord(
                key, new WireHeaders.Builder().build(), message.getValueBytes().toByteArray());
        return within(name, new Said(topic, record, null));
    }

    private Said event(Address from, ChannelConfig channel, byte[] json, Message cause) throws Unwritable {
        Received read = reader.read(Origin.NONE, new WireRecord(null, OF_JSON, json));
        if (read instanceof RefusedRecord refused) {
            throw new Unwritable(
                    "what was said to channel %s is no event: %s".formatted(channel.name(), refused.detail()));
        }
        MeshEvent event = (MeshEvent) read;
        if (event.attribute(TRACE) == null && cause.trace() != null) {
            event = EventDraft.of(event).set(TRACE, cause.trace()).finish();
        }
        boolean structured = channel.format() == EventFormat.STRUCTURED;
        WireRecord wire = EventWriter.write(event, structured ? EventFormat.STRUCTURED : EventFormat.BINARY);
        String own = event.attribute("partitionkey");
        byte[] key = (own == null ? from.id() : own).getBytes(StandardCharsets.UTF_8);
        return new Said(channel.topic(), new WireRecord(key, wire.headers(), wire.value()), null);
    }

    private Said within(FunctionType name, Said said) throws Unwritable {
        long size = said.record().size();
        if (size > plan.maxEventBytes()) {
            throw new Unwritable("egress %s was given a record of %d bytes; at most %d are taken"
                    .formatted(name, size, plan.maxEventBytes()));
        }
        return said;
    }
}
