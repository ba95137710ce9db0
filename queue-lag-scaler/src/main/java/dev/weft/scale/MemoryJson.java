package dev.weft.scale;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * A {@link Memory} as JSON. Times are milliseconds since 1970, durations milliseconds; what is not known is left out. A
 * field that is missing is not known, so that a younger memory is read by an older scaler of the same version.
 */
public final class MemoryJson {

    private static final int VERSION = 1;

    private MemoryJson() {}

    /** Returns the memory as an object with a {@code version}. */
    public static ObjectNode write(Memory memory) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("version", VERSION).put("wanted", memory.wanted());
        put(json, "since", memory.since());
        ObjectNode capacity = json.putObject("perSubtask");
        memory.capacity().perSubtask().forEach((size, rate) -> capacity.put(Integer.toString(size), rate));
        putDuration(json, "restart", memory.restarts().restart());
        putDuration(json, "reaction", memory.restarts().reaction());
        putDuration(json, "start", memory.restarts().start());
        ObjectNode needed = json.putObject("lastNeeded");
        memory.patience().lastNeeded().forEach((size, at) -> needed.put(Integer.toString(size), at.toEpochMilli()));
        put(json, "quietSince", memory.quiet().since());
        memory.quiet().covering().ifPresent(id -> json.put("covering", id));
        put(json, "covered", memory.quiet().covered());
        put(json, "pressed", memory.pressed());
        memory.trial().ifPresent(trial -> write(trial, json.putObject("trial")));
        memory.last().ifPresent(last -> write(last, json.putObject("last")));
        return json;
    }

    /**
     * Returns the memory that was written.
     *
     * @throws IllegalArgumentException if it is of another version
     */
    public static Memory read(JsonNode json) {
        int version = json.path("version").asInt(0);
        if (version != VERSION) {
            throw new IllegalArgumentException("found a memory of version %d, expected %d".formatted(version, VERSION));
        }
        return new Memory(
                json.path("wanted").asInt(0),
                instant(json, "since"),
                new Capacity(rates(json.path("perSubtask"))),
                new Restarts(duration(json, "restart"), duration(json, "reaction"), duration(json, "start")),
                new Patience(instants(json.path("lastNeeded"))),
                new Quiet(
                        instant(json, "quietSince"),
                        json.has("covering")
                                ? OptionalLong.of(json.path("covering").asLong())
                                : OptionalLong.empty(),
                        instant(json, "covered")),
                instant(json, "pressed"),
                present(json, "trial").map(MemoryJson::trial),
                present(json, "last").map(MemoryJson::glance));
    }

    private static void write(Trial trial, ObjectNode json) {
        json.put("from", trial.from()).put("to", trial.to()).put("drained", trial.drained());
        put(json, "failed", trial.failed());
    }

    private static Trial trial(JsonNode json) {
        return new Trial(
                json.path("from").asInt(),
                json.path("to").asInt(),
                json.path("drained").asDouble(),
                instant(json, "failed"));
    }

    private static void write(Glance last, ObjectNode json) {
        json.put("at", last.at().toEpochMilli()).put("ran", last.ran().toEpochMilli());
        put(json, "runningSince", last.runningSince());
        put(json, "backlogged", last.backlogged());
        ArrayNode samples = json.putArray("came");
        for (Rise.Sample each : last.rise().samples()) {
            samples.addObject().put("at", each.at().toEpochMilli()).put("perSecond", each.perSecond());
        }
    }

    private static Glance glance(JsonNode json) {
        return new Glance(
                Instant.ofEpochMilli(json.path("at").asLong()),
                instant(json, "runningSince"),
                Instant.ofEpochMilli(json.path("ran").asLong()),
                instant(json, "backlogged"),
                rise(json.path("came")));
    }

    private static Rise rise(JsonNode json) {
        var samples = new ArrayList<Rise.Sample>();
        for (JsonNode each : json) {
            samples.add(new Rise.Sample(
                    Instant.ofEpochMilli(each.path("at").asLong()),
                    each.path("perSecond").asDouble()));
        }
        return new Rise(samples);
    }

    private static Map<Integer, Double> rates(JsonNode json) {
        var rates = new TreeMap<Integer, Double>();
        for (Iterator<Map.Entry<String, JsonNode>> each = json.fields(); each.hasNext(); ) {
            Map.Entry<String, JsonNode> rate = each.next();
            rates.put(Integer.valueOf(rate.getKey()), rate.getValue().asDouble());
        }
        return rates;
    }

    private static Map<Integer, Instant> instants(JsonNode json) {
        var instants = new TreeMap<Integer, Instant>();
        for (Iterator<Map.Entry<String, JsonNode>> each = json.fields(); each.hasNext(); ) {
            Map.Entry<String, JsonNode> at = each.next();
            instants.put(
                    Integer.valueOf(at.getKey()),
                    Instant.ofEpochMilli(at.getValue().asLong()));
        }
        return instants;
    }

    private static void put(ObjectNode json, String name, Optional<Instant> at) {
        at.ifPresent(when -> json.put(name, when.toEpochMilli()));
    }

    private static void putDuration(ObjectNode json, String name, Optional<Duration> lasting) {
        lasting.ifPresent(each -> json.put(name, each.toMillis()));
    }

    private static Optional<Instant> instant(JsonNode json, String name) {
        return present(json, name).map(at -> Instant.ofEpochMilli(at.asLong()));
    }

    private static Optional<Duration> duration(JsonNode json, String name) {
        return present(json, name).map(lasting -> Duration.ofMillis(lasting.asLong()));
    }

    private static Optional<JsonNode> present(JsonNode json, String name) {
        return Optional.ofNullable(json.get(name)).filter(each -> !each.isNull());
    }
}
