package dev.weft.benchmarks.pattern;

import dev.weft.cep.engine.Key;
import dev.weft.cep.engine.Sighting;
import dev.weft.cep.live.Roster;
import dev.weft.cep.live.Seen;
import dev.weft.cep.live.Tenure;
import dev.weft.event.MeshEvent;
import dev.weft.event.Origin;
import dev.weft.event.WireHeaders;
import dev.weft.event.WireRecord;
import dev.weft.job.JobConfig;
import dev.weft.job.JobConfigReader;
import dev.weft.job.PatternWatch;
import dev.weft.job.flink.connect.Outbound;
import dev.weft.job.flink.pattern.PatternOperator;
import dev.weft.job.flink.pattern.SeenByKey;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;

/**
 * Weft's operator for all patterns, in Flink's operator harness; with the look-out before it, whose cost is then
 * measured too, or with what the look-out has seen.
 */
final class WeftContender implements Contender {

    private static final int KEY_GROUPS = 128;
    private static final String TOPIC = "in";
    private static final String PREFIX = "bench|";

    private final PatternWatch watch;
    private final boolean looks;
    private final FoundOutput output = new FoundOutput();
    private final KeyedTwoInputStreamOperatorTestHarness<String, SeenByKey, Roster, Outbound> harness;
    private final StreamRecord<SeenByKey> record = new StreamRecord<>(null);
    private final Taker taker = new Taker();
    private List<MeshEvent> events = List.of();
    private long[] times = {};
    private List<SeenByKey> sightings = new ArrayList<>();

    /**
     * @param looks whether the look-out is measured
     * @param memory what rows of keys may take together, in bytes
     */
    WeftContender(Question question, Backend backend, Path folder, boolean looks, long memory) throws Exception {
        JobConfig config = config(question, memory);
        Roster roster = Roster.of(config.patterns());
        this.watch = new PatternWatch(roster, config.channels());
        this.looks = looks;
        this.harness = new KeyedTwoInputStreamOperatorTestHarness<>(
                new PatternOperator(config), SeenByKey::key, null, Types.STRING, KEY_GROUPS, 1, 0);
        backend.keepStateOf(harness, folder);
        harness.setOutputCreator(serializer -> output);
        harness.setup();
        harness.open();
        harness.processElement2(roster, 0);
    }

    private static JobConfig config(Question question, long memory) {
        String patterns =
                IntStream.range(0, question.patterns()).mapToObj(question::yaml).collect(Collectors.joining());
        String text = """
                apiVersion: weft.dev/v1
                kind: MeshJob
                metadata: { name: bench }
                spec:
                  kafka: { bootstrapServers: "localhost:9092" }
                  limits: { patternMemory: %dB }
                  channels:
                    in: { topic: %s }
                    out: { topic: out }
                    dead: { topic: dead }
                  deadLetter: dead
                  patterns:
                %s""".formatted(memory, TOPIC, patterns.indent(4));
        return JobConfigReader.read("benchmark.yaml", text, Map.of()).orElseThrow();
    }

    @Override
    public void prepare(Stream stream, int from, int to) {
        events = new ArrayList<>(to - from);
        times = new long[to - from];
        for (int i = from; i < to; i++) {
            MeshEvent event = event(stream, i);
            event.attributeNames(); // its headers are read: what comes before has asked for attributes already
            events.add(event);
            times[i - from] = stream.time(i);
        }
        if (!looks) {
            sightings = new ArrayList<>(to - from);
            taker.keeps = true;
            look();
            taker.keeps = false;
        }
    }

    private static MeshEvent event(Stream stream, int event) {
        long time = stream.time(event);
        WireHeaders headers = new WireHeaders.Builder()
                .add("ce_specversion", bytes("1.0"))
                .add("ce_id", bytes(stream.id(event)))
                .add("ce_source", bytes(stream.source(event)))
                .add("ce_type", bytes(stream.type(event)))
                .add("ce_subject", bytes(stream.key(event)))
                .add("ce_time", bytes(Instant.ofEpochMilli(time).toString()))
                .add("content-type", bytes("application/json"))
                .build();
        String start = "{\"value\":" + stream.value(event) + ",\"note\":\"";
        String value = start + "x".repeat(Reading.PAYLOAD_BYTES - start.length() - 2) + "\"}";
        return MeshEvent.stored(
                new Origin(TOPIC, 0, event, time), new WireRecord(bytes(stream.key(event)), headers, bytes(value)));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void feed() throws Exception {
        if (looks) {
            look();
            return;
        }
        for (SeenByKey seen : sightings) {
            harness.processElement1(record.replace(seen));
        }
    }

    private void look() {
        for (int i = 0; i < times.length; i++) {
            watch.look(events.get(i), times[i], taker);
        }
    }

    @Override
    public void watermark(long time) throws Exception {
        harness.processBothWatermarks(new Watermark(time));
    }

    @Override
    public void checkpoint(long id) throws Exception {
        harness.prepareSnapshotPreBarrier(id);
        harness.snapshot(id, id).discardState();
    }

    @Override
    public Found found() {
        return output.found();
    }

    @Override
    public void close() throws Exception {
        harness.close();
    }

    /** Gives the operator what is seen, or keeps it until it is given. */
    private final class Taker implements PatternWatch.Taker {

        private boolean keeps;

        @Override
        public void seen(Tenure tenure, Key key, Sighting sighting) {
            SeenByKey seen = new SeenByKey(PREFIX + key.json(), new Seen(tenure.handle(), sighting));
            if (keeps) {
                sightings.add(seen);
                return;
            }
            try {
                harness.processElement1(record.replace(seen));
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void withoutKey(Tenure tenure) {
            throw new IllegalStateException("every event has a key");
        }

        @Override
        public void failed(Tenure tenure) {
            throw new IllegalStateException("no condition fails");
        }
    }
}
