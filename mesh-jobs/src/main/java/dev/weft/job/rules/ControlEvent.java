package dev.weft.job.rules;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weft.event.MeshEvent;
import dev.weft.event.Rfc3339;
import dev.weft.event.WireHeaders;
import dev.weft.event.WireRecord;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is said on a job's control channel. Each is a CloudEvent whose payload is a JSON object of the record's
 * components; keys are such that compaction keeps every version, and of what subtasks say the newest.
 */
public sealed interface ControlEvent extends Serializable {

    /** The job that is spoken of. */
    String job();

    /** Tells the job's life that is spoken of from those of one of the same name. */
    String lineage();

    /** Returns the event's type. */
    String type();

    /** Returns the event's id, unique for the job. */
    String id();

    /** Returns the record's key, in which {@code /} follows the job's name. */
    String key();

    /** Returns the payload. */
    ObjectNode json();

    /** Returns this as a record in binary mode. */
    default WireRecord toRecord() {
        WireHeaders headers = new WireHeaders.Builder()
                .add("ce_specversion", bytes("1.0"))
                .add("ce_id", bytes(id()))
                .add("ce_source", bytes("/weft/jobs/" + job()))
                .add("ce_type", bytes(type()))
                .add("ce_subject", bytes(key()))
                .add("content-type", bytes("application/json"))
                .build();
        return new WireRecord(bytes(key()), headers, bytes(json().toString()));
    }

    /** Returns whether events of that type belong on a control channel. */
    static boolean isType(String type) {
        return type.equals(Proposed.TYPE)
                || type.equals(Seeded.TYPE)
                || type.equals(Started.TYPE)
                || type.equals(Applied.TYPE)
                || type.equals(Refused.TYPE)
                || isPausing(type)
                || type.equals(Holding.TYPE);
    }

    /** Returns whether events of that type have a part of the job stand still, or go on. */
    static boolean isPausing(String type) {
        return type.equals(Pausing.PAUSED) || type.equals(Pausing.RESUMED);
    }

    /** Reads what an event says; empty if it is none of these, or does not have their form. */
    static Optional<ControlEvent> from(MeshEvent event) {
        return new ControlForm(event.data()).read(event.getType(), event.getId());
    }

    /**
     * Somebody wants these rules to be the next version.
     *
     * @param follows digest of the version in force, which is to be replaced
     * @param effectiveFrom from which time of the events on patterns are those of this version, as RFC 3339; null for
     *     when it was proposed
     */
    record Proposed(
            String job,
            String lineage,
            RuleVersion version,
            String follows,
            @Nullable String effectiveFrom) implements ControlEvent {

        public static final String TYPE = "dev.weft.rules.proposed";

        /** Makes a proposal whose patterns are looked for from when it is made. */
        public Proposed(String job, String lineage, RuleVersion version, String follows) {
            this(job, lineage, version, follows, null);
        }

        /** Returns from which time of the events on patterns are those of this version, milliseconds since 1970. */
        public long effectiveFrom(long proposed) {
            return effectiveFrom == null ? proposed : Rfc3339.epochMillis(effectiveFrom);
        }

        @Override
        public String type() {
            return TYPE;
        }

        @Override
        public String id() {
            return version.id();
        }

        /** Of two proposals of one number both are kept, so that the one that was accepted is. */
        @Override
        public String key() {
            return "%s/%s/%d/%s".formatted(job, lineage, version.number(), id());
        }

        @Override
        public ObjectNode json() {
            ObjectNode json = document(job, lineage, version).put("follows", follows);
            return effectiveFrom == null ? json : json.put("effectiveFrom", effectiveFrom);
        }
    }

    /** The config the job was started with is this version. */
    record Seeded(String job, String lineage, RuleVersion version) implements ControlEvent {

        public static final String TYPE = "dev.weft.rules.seeded";

        @Override
        public String type() {
            return TYPE;
        }

        @Override
        public String id() {
            return lineage + "/" + version.id();
        }

        @Override
        public String key() {
            return "%s/%s/%d/%s".formatted(job, lineage, version.number(), version.id());
        }

        @Override
        public ObjectNode json() {
            return document(job, lineage, version).put("id", version.id());
        }
    }

    /**
     * The job was started, anew or from its state.
     *
     * @param version the version in force
     * @param config what it was started with: the parts besides the rules are those of the running job
     */
    record Started(String job, String lineage, int version, int parallelism, int attempt, RulesText config)
            implements ControlEvent {

        public static final String TYPE = "dev.weft.rules.started";

        @Override
        public String type() {
            return TYPE;
        }

        @Override
        public String id() {
            return "%s/%d/started/%d".formatted(lineage, version, attempt);
        }

        @Override
        public String key() {
            return job + "/started";
        }

        @Override
        public ObjectNode json() {
            ObjectNode json = begun(job, lineage)
                    .put("version", version)
                    .put("parallelism", parallelism)
                    .put("attempt", attempt);
            return write(config, json);
        }
    }

    /**
     * A subtask decides by this version from here on.
     *
     * @param proposal id of what was accepted
     * @param rules how many routes the version has
     */
    record Applied(
            String job,
            String lineage,
            int version,
            String proposal,
            int subtask,
            int parallelism,
            int attempt,
            int rules)
            implements ControlEvent {

        public static final String TYPE = "dev.weft.rules.applied";

        @Override
        public String type() {
            return TYPE;
        }

        @Override
        public String id() {
            return "%s/%d/applied/%d/%d".formatted(lineage, version, subtask, attempt);
        }

        @Override
        public String key() {
            return job + "/applied/" + subtask;
        }

        @Override
        public ObjectNode json() {
            return begun(job, lineage)
                    .put("version", version)
                    .put("proposal", proposal)
                    .put("subtask", subtask)
                    .put("parallelism", parallelism)
                    .put("attempt", attempt)
                    .put("rules", rules);
        }
    }

    /**
     * A subtask goes on as it did.
     *
     * @param version the number that was proposed
     * @param proposal id of what was refused
     * @param inForce the version that goes on
     * @param problems why, one line each
     */
    record Refused(
            String job,
            String lineage,
            int version,
            String proposal,
            int inForce,
            int subtask,
            int parallelism,
            List<String> problems)
            implements ControlEvent {

        public static final String TYPE = "dev.weft.rules.refused";

        public Refused {
            problems = List.copyOf(problems);
        }

        @Override
        public String type() {
            return TYPE;
        }

        @Override
        public String id() {
            return "%s/refused/%d".formatted(proposal, subtask);
        }

        @Override
        public String key() {
            return job + "/refused/" + proposal + "/" + subtask;
        }

        @Override
        public ObjectNode json() {
            ObjectNode json = begun(job, lineage)
                    .put("version", version)
                    .put("proposal", proposal)
                    .put("inForce", inForce)
                    .put("subtask", subtask)
                    .put("parallelism", parallelism);
            problems.forEach(json.putArray("problems")::add);
            return json;
        }
    }

    /**
     * Somebody wants a part of the job to stand still, or to go on.
     *
     * @param id of this event
     * @param pause of which part; of one that goes on, who says so, when and why
     * @param ends whether it goes on
     */
    record Pausing(String job, String lineage, String id, Pause pause, boolean ends) implements ControlEvent {

        public static final String PAUSED = "dev.weft.rules.paused";
        public static final String RESUMED = "dev.weft.rules.resumed";

        @Override
        public String type() {
            return ends ? RESUMED : PAUSED;
        }

        /** The last word about a part is the one that counts. */
        @Override
        public String key() {
            Part part = pause.part();
            return "%s/%s/pause/%s/%s".formatted(job, lineage, part.kind().word(), part.name());
        }

        @Override
        public ObjectNode json() {
            ObjectNode json = begun(job, lineage);
            write(pause, json);
            return json;
        }
    }

    /**
     * What stands still in a subtask. Said after each word about it, and after each start.
     *
     * @param position how far the subtask has read the control channel
     */
    record Holding(String job, String lineage, long position, int subtask, int parallelism, int attempt, Pauses pauses)
            implements ControlEvent {

        public static final String TYPE = "dev.weft.rules.holding";

        @Override
        public String type() {
            return TYPE;
        }

        @Override
        public String id() {
            return "%s/holding/%d/%d/%d".formatted(lineage, position, subtask, attempt);
        }

        @Override
        public String key() {
            return job + "/holding/" + subtask;
        }

        @Override
        public ObjectNode json() {
            ObjectNode json = begun(job, lineage)
                    .put("position", position)
                    .put("subtask", subtask)
                    .put("parallelism", parallelism)
                    .put("attempt", attempt);
            ArrayNode paused = json.putArray("paused");
            pauses.all().forEach(pause -> write(pause, paused.addObject()));
            return json;
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static ObjectNode begun(String job, String lineage) {
        return JsonNodeFactory.instance.objectNode().put("job", job).put("lineage", lineage);
    }

    private static ObjectNode document(String job, String lineage, RuleVersion version) {
        ObjectNode json = begun(job, lineage).put("version", version.number()).put("author", version.author());
        return write(version.rules(), json);
    }

    private static void write(Pause pause, ObjectNode json) {
        json.put(pause.part().kind().word(), pause.part().name())
                .put("author", pause.author())
                .put("at", pause.at())
                .put("why", pause.why());
    }

    private static ObjectNode write(RulesText rules, ObjectNode json) {
        json.put("file", rules.file()).put("text", rules.text());
        ObjectNode variables = json.putObject("variables");
        rules.variables().forEach(variables::put);
        return json;
    }
}
