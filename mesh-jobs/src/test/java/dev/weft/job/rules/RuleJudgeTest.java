package dev.weft.job.rules;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RuleJudgeTest {

    private static final RulesText FIRST = Shops.stamping("1");
    private static final RulesText SECOND = Shops.stamping("2");

    private final RuleJudge judge = new RuleJudge(FIRST.read().orElseThrow());
    private final RuleState state = Shops.started(FIRST);

    @Test
    void acceptsTheNextVersion() {
        Verdict verdict = judge.judge(state, Shops.proposal(2, SECOND, FIRST));

        assertThat(verdict.outcome()).isEqualTo(Verdict.Outcome.ACCEPTED);
        assertThat(verdict.config()).isEqualTo(SECOND.read().orElseThrow());
    }

    @Test
    void refusesANumberThatWasGiven() {
        assertRefused(Shops.proposal(1, SECOND, FIRST), "found version 1, which was given before, expected version 2");
    }

    @Test
    void refusesAGap() {
        assertRefused(Shops.proposal(3, SECOND, FIRST), "found version 3, which leaves a gap, expected version 2");
    }

    @Test
    void refusesWhoDidNotKnowTheVersionInForce() {
        assertRefused(
                Shops.proposal(2, SECOND, SECOND),
                "found a change of other rules than version 1, expected one of the version in force");
    }

    @Test
    void refusesAConfigWithMistakesWithAllOfThem() {
        RulesText wrong = Shops.with("- { name: all, from: [order], to: [outt] }");

        assertThat(judge.judge(state, Shops.proposal(2, wrong, FIRST)).problems())
                .hasSize(2)
                .allSatisfy(
                        problem -> assertThat(problem).startsWith("shop.yaml:").contains("Did you mean"));
    }

    @Test
    void refusesWhatCannotChangeWhileTheJobRuns() {
        RulesText reading = Shops.with("- { name: back, from: [returns], to: [out] }");

        assertRefused(
                Shops.proposal(2, reading, FIRST),
                "spec.routes, route back: found from returns, a channel that the running job does not read");
    }

    @Test
    void ignoresWhatAnotherJobIsTold() {
        RuleVersion version = new RuleVersion(2, "id", "somebody", SECOND);

        assertIgnored(new ControlEvent.Proposed("other", "first", version, FIRST.digest()));
        assertIgnored(new ControlEvent.Proposed("shop", "an earlier life", version, FIRST.digest()));
    }

    private void assertRefused(ControlEvent.Proposed proposal, String problem) {
        Verdict verdict = judge.judge(state, proposal);

        assertThat(verdict.outcome()).isEqualTo(Verdict.Outcome.REFUSED);
        assertThat(verdict.problems()).containsExactly(problem);
    }

    private void assertIgnored(ControlEvent.Proposed proposal) {
        assertThat(judge.judge(state, proposal).outcome()).isEqualTo(Verdict.Outcome.IGNORED);
    }
}
