package dev.weft.job;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weft.cep.engine.Key;
import dev.weft.event.EventFormat;
import dev.weft.event.EventWriter;
import dev.weft.event.Expiry;
import dev.weft.event.MeshEvent;
import dev.weft.event.Reason;
import dev.weft.event.Received;
import dev.weft.event.RefusedRecord;
import dev.weft.event.WireHeaders;
import dev.weft.event.WireRecord;
import dev.weft.filter.Matches;
import dev.weft.filter.RuleIndex;
import dev.weft.function.Address;
import dev.weft.function.FunctionType;
import dev.weft.function.Message;
import dev.weft.function.TypedValue;
import dev.weft.route.transform.EventValues;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Shows what is read to each ingress, and tells which messages come of it. All rules of a topic are asked at once, by
 * one index. Not safe for use by several threads.
 */
public final class IngressWatch {

    private static final String TRACE = "traceparent";

    /** The trace of a message, as the ingress found it; what is none is left out rather than passed on. */
    private static final int TRACE_LENGTH = 55;

    private final IngressPlan plan;
    private final Matches matches = new Matches();
    private final ByTopic<Post> posts = new ByTopic<>(this::opened);

    /** Each ingress of which an event was sent again, by its name. */
    private final Map<String, Post> alone = new HashMap<>();

    private final Map<String, RawIngress> raw = new HashMap<>();

    public IngressWatch(IngressPlan plan) {
        this.plan = plan;
        plan.raw().forEach(ingress -> raw.put(ingress.topic(), ingress));
    }

    /** Takes what becomes of one event. */
    public interface Taker {

        /** The ingress takes the event, and a function gets this message. */
        void taken(Ingress ingress, Message message);

        /** The ingress would take the event, or cannot tell, and no message can be made of it. */
        void lost(Ingress ingress, Reason reason, String detail);

        /** An expression of the ingress cannot be evaluated, and counts as not met. */
        void failed(Ingress ingress);
    }

    /** Takes what becomes of one record that need be no event. */
    public interface RawTaker {

        /** A function gets this message. */
        void taken(RawIngress ingress, Message message);

        /** No message can be made of the record. */
        void lost(RawIngress ingress, RefusedRecord record);
    }

    /** Whether records of that topic are messages as they are, and nothing else. */
    public boolean isRaw(String topic) {
        return !raw.isEmpty() && raw.containsKey(topic);
    }

    /**
     * Shows an event to every ingress that reads its topic. Returns whether one would have it.
     *
     * @param event that reads payloads as the job does
     * @param now by which events expire, in milliseconds since 1970
     */
    public boolean look(MeshEvent event, long now, Taker taker) {
        return look(posts.of(event.origin().topic()), event, now, taker);
    }

    /**
     * Shows an event to one ingress alone, whatever topic it is of. Returns whether there is an ingress of that name.
     *
     * @param now by which events expire, in milliseconds since 1970
     */
    public boolean lookBy(String name, MeshEvent event, long now, Taker taker) {
        Post post = alone(name);
        if (post != null) {
            look(post, event, now, taker);
        }
        return post != null;
    }

    private @Nullable Post alone(String name) {
        Post known = alone.get(name);
        if (known != null) {
            return known;
        }
        for (Ingress ingress : plan.ingress()) {
            if (ingress.name().equals(name)) {
                Post post = new Post(List.of(ingress));
                alone.put(name, post);
                return post;
            }
        }
        return null;
    }

    private boolean look(Post post, MeshEvent event, long now, Taker taker) {
        if (post.gates.isEmpty()) {
            return false;
        }
        post.rules.match(event, matches);
        for (int i = 0; i < matches.failedCount(); i++) {
            taker.failed(post.gates.get(matches.failed(i)).ingress);
        }
        for (int i = 0; i < matches.undecidedCount(); i++) {
            String damage = String.valueOf(matches.damage());
            taker.lost(post.gates.get(matches.undecided(i)).ingress, Reason.UNREADABLE_PAYLOAD, damage);
        }
        for (int i = 0; i < matches.matchedCount(); i++) {
            post.gates.get(matches.matched(i)).take(event, now, taker);
        }
        return matches.matchedCount() + matches.undecidedCount() > 0;
    }

    /** Makes messages of a record of a raw topic. */
    public void lookRaw(Received received, RawTaker taker) {
        RawIngress ingress = raw.get(received.origin().topic());
        if (ingress == null) {
            throw new IllegalArgumentException("no raw topic: " + received.origin());
        }
        WireRecord wire = received.wire();
        byte[] key = wire.key();
        byte[] value = wire.value();
        if (received instanceof RefusedRecord refused && refused.reason() == Reason.TOO_LARGE) {
            taker.lost(ingress, refused);
        } else if (value == null) {
            refuse(received, ingress, Reason.TOMBSTONE, "the record has no value to be an argument", taker);
        } else if (key == null || key.length == 0) {
            refuse(received, ingress, Reason.MISSING_KEY, "the record has no key to be the functions' id", taker);
        } else {
            String id = utf8(key);
            if (id == null) {
                refuse(
                        received,
                        ingress,
                        Reason.MISSING_KEY,
                        "the record's key, the functions' id, is not UTF-8",
                        taker);
                return;
            }
            TypedValue argument = new TypedValue(ingress.valueType(), value);
            String trace = trace(header(wire.headers()));
            for (FunctionType type : ingress.to()) {
                taker.taken(ingress, new Message(new Address(type, id), null, argument, trace));
            }
        }
    }

    private static void refuse(Received received, RawIngress ingress, Reason reason, String detail, RawTaker taker) {
        taker.lost(ingress, new RefusedRecord(received.origin(), received.wire(), reason, detail));
    }

    private static @Nullable String utf8(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    private static @Nullable String header(WireHeaders headers) {
        int index = headers.indexOf(TRACE);
        byte[] value = index < 0 ? null : headers.value(index);
        return value == null ? null : new String(value, StandardCharsets.US_ASCII);
    }

    private static @Nullable String trace(@Nullable String found) {
        return found == null || found.length() < TRACE_LENGTH ? null : found;
    }

    private Post opened(String topic) {
        List<String> covering = plan.channels().stream()
                .filter(channel -> channel.topics().covers(topic))
                .map(ChannelConfig::name)
                .toList();
        return new Post(plan.ingress().stream()
                .filter(ingress -> ingress.from().stream().anyMatch(covering::contains))
                .toList());
    }

    /** Where the events of one topic pass, or those of one ingress. */
    private static final class Post {

        private final List<Gate> gates;
        private final RuleIndex rules;

        Post(List<Ingress> reading) {
            this.gates = reading.stream().map(Gate::new).toList();
            this.rules = RuleIndex.of(reading.stream().map(Ingress::where).toList());
        }
    }

    /** One ingress, ready to take events. */
    private static final class Gate {

        private final Ingress ingress;
        private final EventValues id;

        Gate(Ingress ingress) {
            this.ingress = ingress;
            this.id = EventValues.of(List.of(ingress.id()));
        }

        void take(MeshEvent event, long now, Taker taker) {
            if (Expiry.isOver(event, now)) {
                String detail = "its expirytime " + event.attribute("expirytime") + " is over";
                taker.lost(ingress, Reason.EXPIRED, detail);
                return;
            }
            EventValues.Reading reading = id.read(event);
            if (reading.damage() != null) {
                taker.lost(ingress, Reason.UNREADABLE_PAYLOAD, reading.damage());
                return;
            }
            JsonNode value = reading.values().get(0);
            String text = value.isValueNode() && !value.isNull()
                    ? Key.of(reading.values()).text()
                    : "";
            if (text.isEmpty()) {
                taker.lost(ingress, Reason.MISSING_KEY, whyNoId(value));
                return;
            }
            TypedValue argument = argument(event);
            String trace = trace(event.attribute(TRACE));
            for (FunctionType type : ingress.to()) {
                taker.taken(ingress, new Message(new Address(type, text), null, argument, trace));
            }
        }

        private String whyNoId(JsonNode value) {
            String found = value.isMissingNode() || value.isNull()
                    ? "is not there"
                    : value.isContainerNode() ? "is no single value" : "is empty";
            return "%s, the functions' id, %s".formatted(ingress.id(), found);
        }

        private TypedValue argument(MeshEvent event) {
            if (ingress.valueType() == null) {
                byte[] json = EventWriter.write(event, EventFormat.STRUCTURED).value();
                return new TypedValue(Ingress.EVENT, json == null ? new byte[0] : json);
            }
            byte[] payload = event.payload();
            return new TypedValue(ingress.valueType(), payload == null ? new byte[0] : payload);
        }
    }
}
