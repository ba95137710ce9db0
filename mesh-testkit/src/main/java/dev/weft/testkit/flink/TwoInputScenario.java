package dev.weft.testkit.flink;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.apache.flink.util.InstantiationUtil;

/**
 * As {@link OperatorScenario}, for operators whose second input has no key: what is broadcast to every subtask.
 *
 * @param <K> the keys of the first input
 * @param <IN> what the operator receives on its first input
 * @param <ALSO> what it receives on its second input
 * @param <OUT> what it emits
 */
public final class TwoInputScenario<K, IN, ALSO, OUT>
        extends Scenario<KeyedTwoInputStreamOperatorTestHarness<K, IN, ALSO, OUT>, OUT> {

    private TwoInputScenario(
            Recovery recovery, Harnessed<KeyedTwoInputStreamOperatorTestHarness<K, IN, ALSO, OUT>> harnessed)
            throws Exception {
        super(recovery, harnessed);
    }

    /**
     * Starts a story.
     *
     * @param operator never used itself: like a subtask, each life has a copy that went over the wire
     */
    public static <K, IN, ALSO, OUT> TwoInputScenario<K, IN, ALSO, OUT> of(
            TwoInputStreamOperator<IN, ALSO, OUT> operator,
            KeySelector<IN, K> key,
            TypeInformation<K> keys,
            Recovery recovery)
            throws Exception {
        return new TwoInputScenario<>(
                recovery,
                most -> new KeyedTwoInputStreamOperatorTestHarness<>(
                        InstantiationUtil.clone(operator), key, null, keys, most, 1, 0));
    }

    /** The operator receives {@code value} on its first input; its event time is {@code time}. */
    public void receives(IN value, long time) throws Exception {
        step(harness -> harness.processElement1(value, time));
    }

    /** The operator receives {@code value} on its second input, as every other subtask does. */
    public void hears(ALSO value) throws Exception {
        step(harness -> harness.processElement2(value, 0));
    }

    /**
     * The operator hears {@code value} now, and at the beginning of each life that follows: whoever says it knows that
     * it does not outlive the operator.
     */
    public void hearsInEachLife(ALSO value) throws Exception {
        inEachLife(harness -> harness.processElement2(value, 0));
    }

    @Override
    void sendWatermark(KeyedTwoInputStreamOperatorTestHarness<K, IN, ALSO, OUT> harness, long time) throws Exception {
        harness.processBothWatermarks(new Watermark(time));
    }
}
