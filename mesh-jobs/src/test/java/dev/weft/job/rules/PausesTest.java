package dev.weft.job.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PausesTest {

    private static final String ALL = "- { name: all, from: [orders], to: [out, billing, ledger] }";
    private static final String MORE = "- { name: more, from: [orders], to: [out] }";
    private static final RulesText FIRST = Shops.delivering(ALL, MORE);

    private final RuleJudge judge = new RuleJudge(FIRST.read().orElseThrow());
    private final RuleState started = Shops.started(FIRST);

    @Test
    void routesAndTargetsArePausedEachByItself() {
        RuleState paused =
                after(started, asked(Part.Kind.ROUTE, "more", false), asked(Part.Kind.TARGET, "billing", false));

        assertThat(paused.pauses().names(Part.Kind.ROUTE)).containsExactly("more");
        assertThat(paused.pauses().names(Part.Kind.TARGET)).containsExactly("billing");
        assertThat(after(paused, asked(Part.Kind.TARGET, "billing", true))
                        .pauses()
                        .names(Part.Kind.TARGET))
                .isEmpty();
    }

    @Test
    void whoPausedFirstIsRemembered() {
        Pause second = new Pause(new Part(Part.Kind.ROUTE, "all"), "another", "later", "");
        RuleState paused = after(
                started,
                asked(Part.Kind.ROUTE, "all", false),
                new ControlEvent.Pausing("shop", "first", "b", second, false));

        assertThat(paused.pauses().all()).containsExactly(Shops.pause(Part.Kind.ROUTE, "all"));
    }

    @Test
    void whatTheJobDoesNotHaveCannotBePaused() {
        assertThat(after(
                        started,
                        asked(Part.Kind.ROUTE, "billing", false),
                        asked(Part.Kind.TARGET, "all", false),
                        asked(Part.Kind.TARGET, "billing", true)))
                .isEqualTo(started);
    }

    @Test
    void whatIsSaidOfAnotherJobOrLifeIsNoBusinessOfThisOne() {
        Pause pause = Shops.pause(Part.Kind.ROUTE, "all");

        assertThat(after(
                        started,
                        new ControlEvent.Pausing("other", "first", "a", pause, false),
                        new ControlEvent.Pausing("shop", "second", "a", pause, false)))
                .isEqualTo(started);
    }

    @Test
    void aVersionWithoutTheRouteEndsItsPause() {
        RuleState paused = after(
                started,
                asked(Part.Kind.ROUTE, "all", false),
                asked(Part.Kind.ROUTE, "more", false),
                asked(Part.Kind.TARGET, "ledger", false));

        RuleState changed = paused.after(judge.judge(paused, Shops.proposal(2, Shops.delivering(MORE), FIRST)));

        assertThat(changed.inForce().number()).isEqualTo(2);
        assertThat(changed.pauses().all())
                .containsExactly(Shops.pause(Part.Kind.ROUTE, "more"), Shops.pause(Part.Kind.TARGET, "ledger"));
    }

    @Test
    void aRestoredJobKnowsWhatTheSubtaskKnewThatHadReadMost() {
        RuleState behind = after(started, asked(Part.Kind.ROUTE, "all", false)).at(3);
        RuleState ahead = after(behind, asked(Part.Kind.ROUTE, "all", true)).at(4);

        assertThat(RuleState.restored(List.of(behind, ahead, behind), FIRST)).isEqualTo(ahead);
    }

    @Test
    void pausesSurviveAStartWithOtherRoutes() {
        RuleState paused = after(started, asked(Part.Kind.ROUTE, "all", false), asked(Part.Kind.ROUTE, "more", false));
        RulesText file = Shops.delivering(MORE);

        RuleState restored =
                RuleState.restored(List.of(paused), file).within(file.read().orElseThrow());

        assertThat(restored.pauses().names(Part.Kind.ROUTE)).isEqualTo(Set.of("more"));
    }

    private RuleState after(RuleState state, ControlEvent.Pausing... asked) {
        RuleState after = state;
        for (ControlEvent.Pausing each : asked) {
            after = judge.judge(after, each);
        }
        return after;
    }

    private static ControlEvent.Pausing asked(Part.Kind kind, String name, boolean ends) {
        return Shops.pausing("first", kind, name, ends);
    }
}
