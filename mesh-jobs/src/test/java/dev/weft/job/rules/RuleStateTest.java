package dev.weft.job.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class RuleStateTest {

    private static final RulesText FIRST = Shops.stamping("1");
    private static final RulesText SECOND = Shops.stamping("2");

    private final RuleState changed = accepting(Shops.started(FIRST), Shops.proposal(2, SECOND, FIRST));

    @Test
    void aRestoredJobKeepsTheRulesOfItsState() {
        assertThat(changed.restoredWith(FIRST)).isEqualTo(changed);
    }

    @Test
    void commentsAndOtherPartsOfTheFileAreNoChangeOfTheRules() {
        RulesText rewritten = new RulesText(
                "elsewhere.yaml",
                "# a comment\n" + FIRST.text().replace("127.0.0.1:9", "127.0.0.1:10"),
                FIRST.variables());

        assertThat(changed.restoredWith(rewritten)).isEqualTo(changed);
    }

    @Test
    void otherRoutesInTheFileAreTheNextVersion() {
        RulesText file = Shops.stamping("of the file");

        RuleState restored = changed.restoredWith(file);

        assertThat(restored.inForce()).isEqualTo(RuleVersion.ofStart(3, file));
        assertThat(restored.isOfStart()).isTrue();
        assertThat(restored.restoredWith(file)).isEqualTo(restored);
    }

    @Test
    void proposalsAreJudgedInTheirOrder() {
        RuleState waiting =
                changed.received(Shops.proposal(3, FIRST, SECOND)).received(Shops.proposal(4, SECOND, FIRST));

        assertThatThrownBy(() -> waiting.judged(Verdict.ignored(Shops.proposal(4, SECOND, FIRST))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("judged id-4 before id-3");
    }

    @Test
    void aRefusedProposalChangesNothingButThatItWasSeen() {
        ControlEvent.Proposed proposal = Shops.proposal(3, FIRST, SECOND);

        RuleState after = changed.received(proposal).judged(Verdict.refused(proposal, List.of("no")));

        assertThat(after.inForce()).isEqualTo(changed.inForce());
        assertThat(after.waiting()).isEmpty();
        assertThat(after.seen()).containsExactly("id-2", "id-3");
    }

    private static RuleState accepting(RuleState state, ControlEvent.Proposed proposal) {
        return state.received(proposal)
                .judged(Verdict.accepted(
                        proposal, proposal.version().rules().read().orElseThrow()));
    }
}
