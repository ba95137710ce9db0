package dev.weft.job.flink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.event.MeshEvent;
import dev.weft.event.Received;
import dev.weft.event.WireRecord;
import dev.weft.job.JobConfig;
import dev.weft.job.Jobs;
import dev.weft.job.Pending;
import dev.weft.job.StepsPlan;
import dev.weft.job.Wire;
import dev.weft.job.flink.connect.Outbound;
import dev.weft.testkit.flink.Recovery;
import dev.weft.testkit.flink.TwoInputScenario;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.flink.util.InstantiationUtil;
import org.apache.flink.util.OutputTag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The operator that remembers, behind the one that routes. */
class ChainOperatorTest {

    private static final Path SAVEPOINT_V1 = Path.of("src/test/resources/dev/weft/job/flink/v1-chain.savepoint");

    private static final JobConfig SHOP = Jobs.named("shop", """
            channels:
              orders: { topic: shop.orders }
              first: { topic: shop.first }
              changed: { topic: shop.changed }
              seen: { topic: shop.seen }
              dead: { topic: shop.dead }
            deadLetter: dead
            routes:
              - name: first-of-each
                from: [orders]
                where: { type: [order] }
                steps:
                  - firstPerWindow: { by: data.id, window: 10s }
                  - tap: seen
                  - transform: { set: { type: first, note: "${data.note}" }, missing: fail }
                to: [first]
              - name: changes
                from: [orders]
                where: { type: [state] }
                steps:
                  - transform: { data: { id: "${data.id}", state: "${data.state}" } }
                  - onlyOnChange: { by: data.id, of: data.state, forget: 1m }
                  - firstPerWindow: { by: type, window: 1s }
                to: [changed]
            """);

    @ParameterizedTest
    @EnumSource
    void passesTheFirstOfEachKeyAndWindow(Recovery recovery) throws Exception {
        try (Story story = new Story(SHOP, recovery)) {
            story.receives(order("1", "a"), 1_000);
            story.receives(order("2", "a"), 2_000);
            story.receives(order("3", "b"), 3_000);
            assertThat(story.written()).containsExactly("seen 1", "first 1", "seen 3", "first 3");

            story.memory.timeReaches(15_000);
            story.receives(order("4", "a"), 12_000);
            story.receives(order("5", "a"), 9_000);
            assertThat(story.written()).containsExactly("seen 4", "first 4");
        }
    }

    @ParameterizedTest
    @EnumSource
    void forgetsAKeyWhenItsTimeIsOver(Recovery recovery) throws Exception {
        try (Story story = new Story(SHOP, recovery)) {
            story.receives(order("1", "a"), 1_000);
            story.receives(order("2", "b"), 2_000);
            assertThat(story.memory.keysIn(ChainOperator.MEMORY)).isEqualTo(2);

            story.memory.timeReaches(19_999);
            assertThat(story.memory.keysIn(ChainOperator.MEMORY)).isEqualTo(2);

            story.memory.timeReaches(20_000);
            assertThat(story.memory.keysIn(ChainOperator.MEMORY)).isZero();
            assertThat(story.memory.eventTimeTimers()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void remembersForAsLongAsAKeyIsHeardOf(Recovery recovery) throws Exception {
        try (Story story = new Story(SHOP, recovery)) {
            story.receives(state("1", "a", "on"), 0);
            for (int i = 1; i <= 5; i++) {
                story.memory.timeReaches(i * 30_000L);
                story.receives(state("again", "a", "on"), i * 30_000L);
                assertThat(story.memory.eventTimeTimers())
                        .as("timers of one key")
                        .isEqualTo(1);
            }
            assertThat(story.asked()).extracting(Pending::key).hasSize(1);

            story.memory.timeReaches(210_000);
            assertThat(story.memory.keysIn(ChainOperator.MEMORY)).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void asksTheNextMemoryOnlyForWhatPassed(Recovery recovery) throws Exception {
        try (Story story = new Story(SHOP, recovery)) {
            story.receives(state("1", "a", "on"), 0);
            story.receives(state("2", "a", "on"), 1);
            story.receives(state("3", "a", "off"), 2);

            assertThat(story.asked())
                    .extracting(asked -> asked.event().getId() + " at step " + asked.step())
                    .containsExactly("1 at step 2", "3 at step 2");
            assertThat(story.written()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aStepThatFailsBehindAMemoryPutsTheEventAsItWasReadIntoTheDeadLetter(Recovery recovery) throws Exception {
        WireRecord withoutNote = Wire.event("1", "order", "{\"id\":\"a\"}");
        try (Story story = new Story(SHOP, recovery)) {
            story.receives(withoutNote, 0);

            List<Outbound> out = story.outbound();
            assertThat(out).extracting(Outbound::topic).containsExactly("shop.seen", "shop.dead");
            WireRecord dead = out.get(1).record();
            assertThat(dead.value()).isEqualTo(withoutNote.value());
            assertThat(Wire.header(dead, "ce_weftroute")).isEqualTo("first-of-each");
            assertThat(Wire.header(dead, "ce_weftdetail"))
                    .startsWith("step 3 (transform) of route first-of-each: ${data.note} has no value");
        }
    }

    /**
     * The file was written by the first build that kept memories, and stands for all savepoints since. It is written
     * anew with {@code -Dweft.savepoint=write}, which only a new version of the format gives a reason for.
     */
    @Test
    void goesOnFromTheSavepointOfTheFirstBuild() throws Exception {
        if ("write".equals(System.getProperty("weft.savepoint"))) {
            try (Story first = new Story(SHOP, Recovery.NEVER)) {
                first.receives(order("1", "a"), 1_000);
                first.receives(state("2", "a", "on"), 1_000);
                first.memory.savesTo(SAVEPOINT_V1);
            }
        }
        try (Story story = new Story(SHOP, Recovery.NEVER)) {
            story.memory.goesOnFrom(SAVEPOINT_V1);
            story.receives(order("3", "a"), 2_000);
            story.receives(order("4", "b"), 2_000);
            story.receives(state("5", "a", "on"), 2_000);
            story.receives(state("6", "a", "off"), 2_000);

            assertThat(story.written()).containsExactly("seen 4", "first 4");
            assertThat(story.asked()).extracting(asked -> asked.event().getId()).containsExactly("6");
            story.memory.timeReaches(200_000);
            assertThat(story.memory.keysIn(ChainOperator.MEMORY)).isZero();
        }
    }

    @Test
    void anEventThatIsHereBeforeItsPlanWaitsForIt() throws Exception {
        try (Story story = new Story(SHOP, Recovery.NEVER);
                var late = scenario(true, Recovery.NEVER)) {
            List<Pending> pending = story.routed(order("1", "a"), order("2", "a"), order("3", "b"));
            for (Pending next : pending) {
                late.receives(next, next.question().time());
            }
            late.emits();

            late.hears(story.plansSaid().get(0));
            assertThat(late.emitted())
                    .extracting(Outbound::topic)
                    .containsExactly("shop.seen", "shop.first", "shop.seen", "shop.first");
        }
    }

    @Test
    void aPlanThatIsSaidAgainAfterEachCheckpointStaysKnown() throws Exception {
        try (Story story = new Story(SHOP, Recovery.NEVER)) {
            for (int i = 0; i < 5; i++) {
                story.receives(order("" + i, "k" + i), 0);
                story.memory.isCheckpointed();
                story.routing.snapshot(i, 0);
            }
            story.receives(order("5", "k5"), 0);

            assertThat(story.written()).hasSize(12);
        }
    }

    @Test
    void aPlanIsSaidOnceBetweenTwoCheckpoints() throws Exception {
        try (Story story = new Story(SHOP, Recovery.NEVER)) {
            var unused = story.routed(order("1", "a"), order("2", "b"));
            assertThat(story.plansSaid()).hasSize(1);

            story.routing.snapshot(1, 0);
            assertThat(story.plansSaid()).isEmpty();

            unused = story.routed(order("3", "c"));
            assertThat(story.plansSaid()).hasSize(1);
        }
    }

    /** With other rules, what was remembered is there still: it belongs to the question and not to the plan. */
    @ParameterizedTest
    @EnumSource
    void aMemoryOutlivesAChangeOfTheRules(Recovery recovery) throws Exception {
        JobConfig other = Jobs.named("shop", """
                channels: { orders: { topic: shop.orders }, first: { topic: shop.first }, dead: { topic: shop.dead } }
                deadLetter: dead
                routes:
                  - name: first-of-each
                    from: [orders]
                    steps:
                      - filter: { where: { type: [{ prefix: o }] } }
                      - firstPerWindow: { by: data.id, window: 10s, missing: drop }
                    to: [first]
                """);
        try (Story before = new Story(SHOP, recovery);
                Story after = new Story(other, recovery)) {
            before.receives(order("1", "a"), 0);
            List<Pending> byOthers = after.routed(order("2", "a"), order("3", "b"));
            before.memory.hearsInEachLife(after.plansSaid().get(0));
            for (Pending next : byOthers) {
                before.memory.receives(next, 0);
            }

            assertThat(before.written()).containsExactly("seen 1", "first 1", "first 3");
        }
    }

    private static TwoInputScenario<String, Pending, StepsPlan, Outbound> scenario(boolean hasNext, Recovery recovery)
            throws Exception {
        return TwoInputScenario.of(new ChainOperator(hasNext), Pending::key, Types.STRING, recovery);
    }

    private static WireRecord order(String id, String key) {
        return Wire.event(id, "order", "{\"id\":\"%s\",\"note\":\"n\"}".formatted(key));
    }

    private static WireRecord state(String id, String key, String state) {
        return Wire.event(id, "state", "{\"id\":\"%s\",\"state\":\"%s\",\"more\":\"%s\"}".formatted(key, state, id));
    }

    /** Both operators, one behind the other. */
    @SuppressWarnings("try") // Flink declares that closing a harness may throw anything
    private static final class Story implements AutoCloseable {
        final OneInputStreamOperatorTestHarness<Received, Outbound> routing;
        final TwoInputScenario<String, Pending, StepsPlan, Outbound> memory;

        Story(JobConfig config, Recovery recovery) throws Exception {
            routing = new OneInputStreamOperatorTestHarness<>(
                    InstantiationUtil.clone(new RouteOperator(config.routing(), List.of(), config.ingress())));
            routing.open();
            memory = scenario(true, recovery);
            memory.watchesAside(Sides.PENDING);
        }

        void receives(WireRecord record, long time) throws Exception {
            routing.processElement(Wire.readFrom("shop.orders", record), time);
            for (StepsPlan plan : plansSaid()) {
                memory.hearsInEachLife(plan);
            }
            for (Pending pending : pending()) {
                memory.receives(pending, time);
            }
        }

        List<Pending> routed(WireRecord... records) throws Exception {
            for (WireRecord record : records) {
                routing.processElement(Wire.readFrom("shop.orders", record), 0);
            }
            return pending();
        }

        List<Pending> pending() {
            return drained(Sides.PENDING);
        }

        List<StepsPlan> plansSaid() {
            return drained(Sides.PLANS);
        }

        private <T> List<T> drained(OutputTag<T> tag) {
            List<T> values = new ArrayList<>();
            var output = routing.getSideOutput(tag);
            if (output != null) {
                output.forEach(each -> values.add(each.getValue()));
                output.clear();
            }
            return values;
        }

        /** What the memory has sent on to the next one. */
        List<Pending> asked() {
            return memory.emittedAside(Sides.PENDING);
        }

        List<Outbound> outbound() {
            return memory.emitted();
        }

        /** What the memory has written: the last part of the topic's name, and the id. */
        List<String> written() {
            return outbound().stream()
                    .map(out -> out.topic().substring("shop.".length()) + " "
                            + ((MeshEvent) Wire.readFrom(out.topic(), out.record())).getId())
                    .toList();
        }

        @Override
        public void close() throws Exception {
            routing.close();
            memory.close();
        }
    }
}
