package dev.weft.job.trial;

import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What a topic holds, against what it should.
 *
 * @param expected how many numbers should be there
 * @param found how many records are there
 * @param lost numbers that are not there
 * @param twice records of a number that was there before
 * @param strange records of a number that should not be there
 * @param disordered records that stand behind a later one of the same key
 */
record Tally(String topic, int expected, int found, int lost, int twice, int strange, int disordered) {

    /** Returns what a topic would say that holds each number once and in order. */
    static Tally perfect(Shop.Output output, int sent) {
        int expected = numbers(output.wants(), sent).cardinality();
        return new Tally(output.topic(), expected, expected, 0, 0, 0, 0);
    }

    /**
     * Counts.
     *
     * @param sent the numbers below it were sent
     * @param records in log order
     */
    static Tally of(Shop.Output output, int sent, List<ConsumerRecord<byte[], byte[]>> records) {
        BitSet missing = numbers(output.wants(), sent);
        int expected = missing.cardinality();
        BitSet seen = new BitSet(sent);
        Map<Integer, Integer> latestOfKey = new HashMap<>();
        int twice = 0;
        int strange = 0;
        int disordered = 0;
        for (ConsumerRecord<byte[], byte[]> next : records) {
            int number = Shop.number(next);
            Integer before = latestOfKey.put(Arrays.hashCode(next.key()), number);
            disordered += before != null && before > number ? 1 : 0;
            twice += seen.get(number) ? 1 : 0;
            strange += number >= sent || !output.wants().test(number) ? 1 : 0;
            seen.set(number);
            missing.clear(number);
        }
        return new Tally(output.topic(), expected, records.size(), missing.cardinality(), twice, strange, disordered);
    }

    private static BitSet numbers(IntPredicate wanted, int sent) {
        BitSet numbers = new BitSet(sent);
        for (int number = 0; number < sent; number++) {
            numbers.set(number, wanted.test(number));
        }
        return numbers;
    }
}
