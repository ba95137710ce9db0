package dev.weft.testkit.flink;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.util.InstantiationUtil;

/**
 * A keyed operator in a story: what it receives, what time it gets, what it emits. Told with
 * {@link Recovery#AFTER_EVERY_STEP} it dies after each step and goes on from its state, so one test is a test of
 * recovery too:
 *
 * <pre>{@code
 * @ParameterizedTest
 * @EnumSource
 * void passesTheFirstOfEachKey(Recovery recovery) throws Exception {
 *     try (var first = OperatorScenario.of(new FirstOperator(), Event::key, Types.STRING, recovery)) {
 *         first.receives(A1, 1);
 *         first.receives(A2, 2);
 *         first.emits(A1);
 *
 *         first.timeReaches(10);
 *         first.receives(A3, 11);
 *         first.emits(A3);
 *     }
 * }
 * }</pre>
 *
 * For {@code KeyedProcessFunction}s, wrap them into Flink's {@code KeyedProcessOperator}. {@link TwoInputScenario} is
 * the same for operators with two inputs.
 *
 * @param <K> the keys
 * @param <IN> what the operator receives
 * @param <OUT> what it emits
 */
public final class OperatorScenario<K, IN, OUT>
        extends Scenario<KeyedOneInputStreamOperatorTestHarness<K, IN, OUT>, OUT> {

    private OperatorScenario(Recovery recovery, Harnessed<KeyedOneInputStreamOperatorTestHarness<K, IN, OUT>> harnessed)
            throws Exception {
        super(recovery, harnessed);
    }

    /**
     * Starts a story.
     *
     * @param operator never used itself: like a subtask, each life has a copy that went over the wire
     */
    public static <K, IN, OUT> OperatorScenario<K, IN, OUT> of(
            OneInputStreamOperator<IN, OUT> operator,
            KeySelector<IN, K> key,
            TypeInformation<K> keys,
            Recovery recovery)
            throws Exception {
        return new OperatorScenario<>(
                recovery,
                most -> new KeyedOneInputStreamOperatorTestHarness<>(
                        InstantiationUtil.clone(operator), key, keys, most, 1, 0));
    }

    /** The operator receives {@code value}, whose event time is {@code time}. */
    public void receives(IN value, long time) throws Exception {
        step(harness -> harness.processElement(value, time));
    }

    @Override
    void sendWatermark(KeyedOneInputStreamOperatorTestHarness<K, IN, OUT> harness, long time) throws Exception {
        harness.processWatermark(new Watermark(time));
    }
}
