package dev.weft.cep.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weft.cep.Pattern;
import dev.weft.cep.emit.EmitTemplate;
import dev.weft.cep.emit.UnfilledException;
import dev.weft.cep.engine.Outcomes.Match;
import dev.weft.cep.engine.Outcomes.Timeout;
import dev.weft.digest.Sha256;
import dev.weft.event.EventDraft;
import dev.weft.event.MeshEvent;
import dev.weft.filter.cel.Bindings;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes events of the matches of one pattern, and of its timeouts. An event's id is made of the pattern, its version,
 * the key and the events that were taken, so that what is found again after a failure has the id it had; its time is
 * the match's, and never that at which it was noticed. The extensions {@code cepattern} and {@code cepatternversion}
 * name the pattern.
 *
 * <p>Immutable, and safe to share between threads.
 */
public final class PatternEvents {

    private static final String SOURCE = "/weft/patterns/";

    /** The type of the event that tells of a match whose own event cannot be made. */
    public static final String UNFILLED = "dev.weft.pattern.unfilled";

    private final Pattern pattern;

    private PatternEvents(Pattern pattern) {
        this.pattern = pattern;
    }

    /** Returns what makes the events of that pattern. */
    public static PatternEvents of(Pattern pattern) {
        return new PatternEvents(pattern);
    }

    /** Returns the event that a match becomes; nothing if the pattern wants none. */
    public Optional<MeshEvent> of(Match match, Key key) throws UnfilledException {
        return made(pattern.emit(), match.taken(), key, match.time(), null);
    }

    /** Returns the event that a timeout becomes; nothing if the pattern wants none. */
    public Optional<MeshEvent> of(Timeout timeout, Key key) throws UnfilledException {
        return made(pattern.onTimeout(), timeout.taken(), key, timeout.deadline(), timeout.waitingFor());
    }

    /** Returns the event that tells of a match whose own event cannot be made: what was taken, and by which pattern. */
    public MeshEvent unfilled(Match match, Key key) {
        return unfilled(match.taken(), key, match.time(), null);
    }

    /** As of a match. */
    public MeshEvent unfilled(Timeout timeout, Key key) {
        return unfilled(timeout.taken(), key, timeout.deadline(), timeout.waitingFor());
    }

    private MeshEvent unfilled(Map<String, List<KeptEvent>> taken, Key key, long time, @Nullable String waitingFor) {
        ObjectNode data = JsonNodeFactory.instance.objectNode().put("key", key.text());
        if (waitingFor != null) {
            data.put("waitingFor", waitingFor);
        }
        ObjectNode steps = data.putObject("taken");
        taken.forEach((step, events) -> {
            ArrayNode list = steps.putArray(step);
            events.forEach(
                    event -> list.addObject().put("source", event.source()).put("id", event.id()));
        });
        return draft(id(taken, key, waitingFor), SOURCE + pattern.id(), UNFILLED, time)
                .payload("application/json", data.toString().getBytes(StandardCharsets.UTF_8))
                .finish();
    }

    private EventDraft draft(String id, String source, String type, long time) {
        return EventDraft.ofNew(id, source, type)
                .set("time", Instant.ofEpochMilli(time).toString())
                .set("cepattern", pattern.id())
                .set("cepatternversion", Integer.toString(pattern.version()));
    }

    private Optional<MeshEvent> made(
            @Nullable EmitTemplate template,
            Map<String, List<KeptEvent>> taken,
            Key key,
            long time,
            @Nullable String waitingFor)
            throws UnfilledException {
        if (template == null) {
            return Optional.empty();
        }
        EmitTemplate.Filled filled = template.fill(bindings(taken, key, time, waitingFor));
        String source = filled.source() == null ? SOURCE + pattern.id() : filled.source();
        EventDraft draft = draft(id(taken, key, waitingFor), source, filled.type(), time);
        if (filled.subject() != null) {
            draft.set("subject", filled.subject());
        }
        JsonNode data = filled.data();
        if (data != null) {
            draft.payload("application/json", data.toString().getBytes(StandardCharsets.UTF_8));
        }
        String fault = draft.fault();
        if (fault != null) {
            throw new UnfilledException("the event cannot be made: " + fault);
        }
        return Optional.of(draft.finish());
    }

    private Bindings bindings(Map<String, List<KeptEvent>> taken, Key key, long time, @Nullable String waitingFor) {
        Map<String, Object> values = new HashMap<>();
        pattern.steps().forEach(step -> values.put(step.name(), List.of()));
        values.putAll(taken);
        long first = Long.MAX_VALUE;
        long last = Long.MIN_VALUE;
        for (List<KeptEvent> events : taken.values()) {
            for (KeptEvent event : events) {
                first = Math.min(first, event.time());
                last = Math.max(last, event.time());
            }
        }
        values.put("key", key.text());
        values.put("start", Instant.ofEpochMilli(first));
        values.put("end", Instant.ofEpochMilli(last));
        values.put("deadline", Instant.ofEpochMilli(time));
        values.put("pattern", Map.of("id", pattern.id(), "version", (long) pattern.version()));
        if (waitingFor != null) {
            values.put("waitingFor", waitingFor);
        }
        return values::get;
    }

    /** Texts go in with their lengths, so that no two lists of them are the same bytes. */
    private String id(Map<String, List<KeptEvent>> taken, Key key, @Nullable String waitingFor) {
        Bytes bytes = new Bytes();
        bytes.writeText(pattern.id());
        bytes.writeText(Integer.toString(pattern.version()));
        bytes.writeText(key.json());
        bytes.writeText(waitingFor == null ? "" : waitingFor);
        taken.forEach((step, events) -> {
            bytes.writeText(step);
            for (KeptEvent event : events) {
                bytes.writeText(event.source());
                bytes.writeText(event.id());
            }
        });
        return Sha256.id(Sha256.of(bytes.toArray()));
    }
}
