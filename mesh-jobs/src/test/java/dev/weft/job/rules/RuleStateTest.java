package dev.weft.job.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RuleStateTest {

    private static final RulesText FIRST = Shops.stamping("1");
    private static final RulesText SECOND = Shops.stamping("2");

    private final RuleState started = RuleState.startedWith(FIRST, "first").at(3);
    private final RuleState changed =
            accepting(started, Shops.proposal(2, SECOND, FIRST)).at(7);

    @Test
    void aRestoredJobKeepsTheRulesOfItsState() {
        assertThat(RuleState.restored(List.of(changed), FIRST)).isEqualTo(changed);
    }

    @Test
    void subtasksThatHadReadLessGoOnWithTheNewestRules() {
        assertThat(RuleState.restored(List.of(started, changed, started), FIRST))
                .isEqualTo(changed);
    }

    @Test
    void commentsAndOtherPartsOfTheFileAreNoChangeOfTheRules() {
        RulesText rewritten = new RulesText(
                "elsewhere.yaml",
                "# a comment\n" + FIRST.text().replace("127.0.0.1:9", "127.0.0.1:10"),
                FIRST.variables());

        assertThat(RuleState.restored(List.of(changed), rewritten)).isEqualTo(changed);
    }

    @Test
    void otherRoutesInTheFileAreTheNextVersion() {
        RulesText file = Shops.stamping("of the file");

        RuleState restored = RuleState.restored(List.of(changed), file);

        assertThat(restored.inForce()).isEqualTo(RuleVersion.ofStart(3, file));
        assertThat(restored.isOfStart()).isTrue();
        assertThat(restored.position()).isEqualTo(changed.position());
        assertThat(RuleState.restored(List.of(restored), file)).isEqualTo(restored);
    }

    @Test
    void aRefusedProposalChangesNothing() {
        ControlEvent.Proposed proposal = Shops.proposal(3, FIRST, SECOND);

        assertThat(changed.after(Verdict.refused(proposal, List.of("no")))).isEqualTo(changed);
    }

    private static RuleState accepting(RuleState state, ControlEvent.Proposed proposal) {
        return state.after(
                Verdict.accepted(proposal, proposal.version().rules().read().orElseThrow()));
    }
}
