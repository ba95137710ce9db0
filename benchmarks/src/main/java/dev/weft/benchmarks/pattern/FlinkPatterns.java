package dev.weft.benchmarks.pattern;

import java.time.Duration;
import org.apache.flink.cep.nfa.aftermatch.AfterMatchSkipStrategy;
import org.apache.flink.cep.pattern.Pattern;
import org.apache.flink.cep.pattern.conditions.SimpleCondition;

/** The questions as flink-cep is asked them. */
final class FlinkPatterns {

    private FlinkPatterns() {}

    static Pattern<Reading, ?> of(Question question, int number) {
        SimpleCondition<Reading> a = isOf(Stream.type(number, 'A'));
        SimpleCondition<Reading> b = isOf(Stream.type(number, 'B'));
        SimpleCondition<Reading> c = isOf(Stream.type(number, 'C'));
        Pattern<Reading, Reading> begin = Pattern.<Reading>begin(
                        "a",
                        question.skips() ? AfterMatchSkipStrategy.skipPastLastEvent() : AfterMatchSkipStrategy.noSkip())
                .where(a);
        Pattern<Reading, Reading> pattern = switch (question) {
            case SEQUENCE, COLD_SEQUENCE, ONE_PATTERN, HUNDRED_PATTERNS ->
                begin.followedBy("b").where(b).followedBy("c").where(c);
            case COUNT -> begin.times(3);
            case COUNT_100, COUNT_100_SKIP -> begin.times(100);
            case ABSENCE, COLD_ABSENCE -> begin.notFollowedBy("b").where(b);
            case NEXT -> begin.next("b").where(b).next("c").where(c);
            case CONSECUTIVE -> begin.times(3).consecutive().followedBy("c").where(c);
            case OPTIONAL ->
                begin.followedBy("b").where(b).optional().followedBy("c").where(c);
            case COMBINATIONS ->
                begin.times(2).allowCombinations().followedBy("c").where(c);
        };
        return pattern.within(Duration.ofMillis(question.withinMillis()));
    }

    private static SimpleCondition<Reading> isOf(String type) {
        return SimpleCondition.of(reading -> reading.getType().equals(type));
    }
}
