package dev.weft.job.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RuleHistoryTest {

    private static final RulesText FIRST = Shops.stamping("1");
    private static final RulesText SECOND = Shops.stamping("2");
    private static final RulesText THIRD = Shops.stamping("3");

    private final RuleHistory history = new RuleHistory("shop");

    @Test
    void knowsNothingAtFirst() {
        assertThat(history.started()).isEmpty();
        assertThat(history.newest()).isZero();
        assertThat(history.versions()).isEmpty();
    }

    @Test
    void tellsTheVersionsAndWhoDecidesByWhich() {
        add(seeded("first", FIRST), started("first", 1), applied("first", 1, 0), applied("first", 1, 1));
        add(Shops.proposal(2, SECOND, FIRST), applied("first", 2, 1));

        assertThat(history.newest()).isEqualTo(2);
        assertThat(history.decidingBy(2)).containsExactly(1);
        assertThat(history.decidingBy(1)).containsExactly(0, 1);
        assertThat(history.versions()).extracting(RuleVersion::number).containsExactly(1, 2);
        assertThat(history.version(1)).map(RuleVersion::rules).contains(FIRST);
    }

    @Test
    void ofTwoProposalsOfANumberTellsTheOneThatWasNotRefused() {
        RuleVersion other = new RuleVersion(2, "late", "somebody else", THIRD);
        add(seeded("first", FIRST), started("first", 1));
        add(new ControlEvent.Proposed("shop", "first", other, "digest"), Shops.proposal(2, SECOND, FIRST));
        add(new ControlEvent.Refused("shop", "first", 2, "late", 1, 0, 2, List.of("why")));

        assertThat(history.version(2)).map(RuleVersion::rules).contains(SECOND);
        assertThat(history.refusal("late")).containsExactly("why");
    }

    @Test
    void tellsWhatStandsStillAndWhoKnows() {
        Pauses paused = new Pauses(List.of(Shops.pause(Part.Kind.ROUTE, "all")));
        add(seeded("first", FIRST), started("first", 1));
        add(
                new ControlEvent.Holding("shop", "first", 5, 0, 2, 0, Pauses.NONE),
                new ControlEvent.Holding("shop", "first", 8, 1, 2, 0, paused),
                new ControlEvent.Holding("shop", "first", 99, 2, 3, 0, Pauses.NONE));

        assertThat(history.pauses()).isEqualTo(paused);
        assertThat(history.holdingBeyond(4)).isEqualTo(2);
        assertThat(history.holdingBeyond(7)).isEqualTo(1);
        assertThat(history.holdingBeyond(8)).isZero();
    }

    @Test
    void aStartWithoutStateBeginsAnew() {
        add(seeded("first", FIRST), started("first", 1), Shops.proposal(2, SECOND, FIRST), applied("first", 2, 0));
        add(seeded("second", THIRD), started("second", 1), applied("second", 1, 0));

        assertThat(history.newest()).isEqualTo(1);
        assertThat(history.versions()).extracting(RuleVersion::rules).containsExactly(THIRD);
    }

    @Test
    void aSubtaskThatIsNoMoreDecidesNothing() {
        add(seeded("first", FIRST), started("first", 1), applied("first", 1, 0), applied("first", 1, 5));

        assertThat(history.decidingBy(1)).containsExactly(0);
    }

    @Test
    void otherJobsOfTheTopicAreOther() {
        add(new ControlEvent.Started("store", "first", 1, 2, 0, FIRST));

        assertThat(history.started()).isEmpty();
    }

    private void add(ControlEvent... events) {
        Stream.of(events).forEach(history::add);
    }

    private static ControlEvent seeded(String lineage, RulesText rules) {
        return new ControlEvent.Seeded("shop", lineage, RuleVersion.ofStart(1, rules));
    }

    private static ControlEvent started(String lineage, int version) {
        return new ControlEvent.Started("shop", lineage, version, 2, 0, FIRST);
    }

    private static ControlEvent applied(String lineage, int version, int subtask) {
        return new ControlEvent.Applied("shop", lineage, version, "id-" + version, subtask, 2, 0, 1);
    }
}
