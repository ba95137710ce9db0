package dev.weft.job.flink.pattern;

import dev.weft.cep.engine.Key;
import dev.weft.cep.engine.Sighting;
import dev.weft.cep.live.Roster;
import dev.weft.cep.live.Seen;
import dev.weft.cep.live.Tenure;
import dev.weft.event.EventReader;
import dev.weft.event.MeshEvent;
import dev.weft.event.Origin;
import dev.weft.event.WireRecord;
import dev.weft.job.JobConfig;
import dev.weft.job.Jobs;
import dev.weft.job.PatternWatch;
import dev.weft.job.Wire;
import dev.weft.job.flink.connect.Outbound;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A job with patterns, and what its first operator sees of events: the type is a letter, the key their {@code k}. */
final class Mesh {

    final JobConfig config;
    final PatternWatch watch;
    private int offset;

    private Mesh(JobConfig config) {
        this.config = config;
        this.watch = new PatternWatch(Roster.of(config.patterns()), config.channels());
    }

    /** Returns the job with these patterns, as a list in YAML. */
    static Mesh of(String patterns) {
        return new Mesh(config(patterns, "64MB"));
    }

    static JobConfig config(String patterns, String memory) {
        return Jobs.named("mesh", """
                channels:
                  in: { topic: in }
                  found: { topic: found }
                  dead: { topic: dead }
                deadLetter: dead
                limits: { patternMemory: %s }
                patterns:
                %s""".formatted(memory, patterns.indent(2)));
    }

    /** Returns what is seen of an event. */
    List<SeenByKey> sees(String type, String key, long time) {
        List<SeenByKey> seen = new ArrayList<>();
        WireRecord wire = Wire.event(type + offset, type, "{\"k\": \"%s\", \"n\": %d}".formatted(key, offset));
        MeshEvent event = (MeshEvent) new EventReader(1_000_000).read(new Origin("in", 0, offset++, time), wire);
        watch.look(event, time, new PatternWatch.Taker() {
            @Override
            public void seen(Tenure tenure, Key of, Sighting sighting) {
                seen.add(new SeenByKey(SeenByKey.prefix(tenure) + of.json(), new Seen(tenure.handle(), sighting)));
            }

            @Override
            public void withoutKey(Tenure tenure) {
                throw new AssertionError("every event has a key");
            }

            @Override
            public void failed(Tenure tenure) {
                throw new AssertionError("every condition can be evaluated");
            }
        });
        return seen;
    }

    /** Returns what an event of a match is about: its type, its data, and when it was. */
    static String told(Outbound outbound) {
        WireRecord record = outbound.record();
        return "%s: %s %s@%s"
                .formatted(
                        outbound.topic(),
                        Wire.header(record, "ce_type"),
                        record.value() == null ? "" : new String(record.value(), StandardCharsets.UTF_8),
                        Wire.header(record, "ce_time"));
    }
}
