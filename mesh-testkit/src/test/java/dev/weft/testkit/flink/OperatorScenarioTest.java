package dev.weft.testkit.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A scenario shows whether an operator keeps in its state what it needs: here two, of which one does not. */
class OperatorScenarioTest {

    private static final OutputTag<String> REFUSED = new OutputTag<>("refused", Types.STRING);

    @ParameterizedTest
    @EnumSource
    void anOperatorThatKeepsItsStateTellsTheSameStory(Recovery recovery) throws Exception {
        try (var first = scenario(new FirstOfEachKey(), recovery)) {
            first.watchesAside(REFUSED);
            first.receives("a1", 1);
            first.receives("a2", 2);
            first.receives("b1", 3);
            first.emits("a1", "b1");
            assertThat(first.emittedAside(REFUSED)).containsExactly("a2");
            assertThat(first.keysIn("seen")).isEqualTo(2);
            assertThat(first.eventTimeTimers()).isEqualTo(2);

            first.timeReaches(11);
            first.receives("a3", 12);
            first.receives("b2", 12);
            first.emits("a3");
            assertThat(first.emittedAside(REFUSED)).containsExactly("b2");
        }
    }

    @ParameterizedTest
    @EnumSource
    void anOperatorThatForgetsIsFoundOutWhenItDies(Recovery recovery) throws Exception {
        try (var first = scenario(new ForgetfulFirst(), recovery)) {
            first.receives("a1", 1);
            first.receives("a2", 2);

            boolean dies = recovery == Recovery.AFTER_EVERY_STEP;
            assertThat(first.emitted()).isEqualTo(dies ? List.of("a1", "a2") : List.of("a1"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void theClockOnTheWallOutlivesTheOperator(Recovery recovery) throws Exception {
        try (var first = scenario(new TellsTheTime(), recovery)) {
            first.clockReaches(1_000);
            first.isCheckpointed();
            first.receives("a", 1);

            first.emits("a at 1000");
        }
    }

    @Test
    void anOperatorDiesWhenItIsTold() throws Exception {
        try (var first = scenario(new ForgetfulFirst(), Recovery.NEVER)) {
            first.receives("a1", 1);
            first.recovers();
            first.receives("a2", 2);

            first.emits("a1", "a2");
        }
    }

    @Test
    void aStoryThatEndsDifferentlyFails() throws Exception {
        try (var first = scenario(new FirstOfEachKey(), Recovery.NEVER)) {
            first.receives("a1", 1);

            assertThatThrownBy(() -> first.emits("a1", "a2")).isInstanceOf(AssertionError.class);
            assertThatThrownBy(() -> first.emittedAside(REFUSED)).hasMessageContaining("was not watched");
        }
    }

    private static OperatorScenario<String, String, String> scenario(
            KeyedProcessFunction<String, String, String> function, Recovery recovery) throws Exception {
        return OperatorScenario.of(
                new KeyedProcessOperator<>(function), value -> value.substring(0, 1), Types.STRING, recovery);
    }

    /** Passes the first of each key, and forgets it ten milliseconds later. */
    private static final class FirstOfEachKey extends KeyedProcessFunction<String, String, String> {
        private static final long serialVersionUID = 1;
        private transient ValueState<Boolean> seen;

        @Override
        public void open(OpenContext context) {
            seen = getRuntimeContext().getState(new ValueStateDescriptor<>("seen", Types.BOOLEAN));
        }

        @Override
        public void processElement(String value, Context context, Collector<String> out) throws Exception {
            if (seen.value() != null) {
                context.output(REFUSED, value);
                return;
            }
            seen.update(true);
            context.timerService().registerEventTimeTimer(context.timestamp() + 10);
            out.collect(value);
        }

        @Override
        public void onTimer(long time, OnTimerContext context, Collector<String> out) {
            seen.clear();
        }
    }

    /** The same with the classic mistake: what it has seen is in a field. */
    private static final class ForgetfulFirst extends KeyedProcessFunction<String, String, String> {
        private static final long serialVersionUID = 1;
        private final Set<String> seen = new HashSet<>();

        @Override
        public void processElement(String value, Context context, Collector<String> out) {
            if (seen.add(context.getCurrentKey())) {
                out.collect(value);
            }
        }
    }

    private static final class TellsTheTime extends KeyedProcessFunction<String, String, String> {
        private static final long serialVersionUID = 1;

        @Override
        public void processElement(String value, Context context, Collector<String> out) {
            out.collect(value + " at " + context.timerService().currentProcessingTime());
        }
    }
}
