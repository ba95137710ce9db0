package dev.weft.cep.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.cep.Pattern;
import dev.weft.cep.Pattern.OnUpdate;
import dev.weft.cep.WrittenPatterns;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RosterTest {

    private static final Pattern ONE = pattern("one", 1, "");
    private static final Pattern TWO = pattern("two", 1, "");

    @Test
    void looksForWhatItStartsWithAtAllTimes() {
        assertThat(described(Roster.of(List.of(ONE, TWO)))).containsExactly("one 1 ..", "two 1 ..");
    }

    @Test
    void replacesWhatHasChangedAndLeavesTheRestAsItIs() {
        Roster roster = Roster.of(List.of(ONE, TWO)).followedBy(List.of(pattern("one", 2, ""), TWO), 500);
        assertThat(described(roster)).containsExactly("one 1 ..500 DROP", "two 1 ..", "one 2 500..");
        assertThat(roster.isOf(List.of(pattern("one", 2, ""), TWO))).isTrue();
    }

    @ParameterizedTest(name = "the new version says {0}: {1}")
    @CsvSource({"drop, DROP", "drain, DRAIN", "keep, KEEP"})
    void letsTheNewVersionSayWhatBecomesOfPartialMatches(String onUpdate, OnUpdate fate) {
        Roster roster = Roster.of(List.of(ONE)).followedBy(List.of(pattern("one", 2, "onUpdate: " + onUpdate)), 500);
        assertThat(roster.tenures().get(0).fate()).isEqualTo(fate);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({"drop, DROP", "drain, DRAIN", "keep, DROP"})
    void letsAPatternSayItselfWhatBecomesOfItsPartialMatchesWhenItGoes(String onUpdate, OnUpdate fate) {
        Roster roster = Roster.of(List.of(pattern("one", 1, "onUpdate: " + onUpdate), TWO))
                .followedBy(List.of(TWO), 500);
        assertThat(roster.tenures().get(0).fate()).isEqualTo(fate);
    }

    @Test
    void looksForADisabledPatternNoMoreAndForOneThatIsEnabledAgainAnew() {
        Roster roster = Roster.of(List.of(ONE))
                .followedBy(List.of(pattern("one", 1, "enabled: false")), 500)
                .followedBy(List.of(ONE), 900);
        assertThat(described(roster)).containsExactly("one 1 ..500 DROP", "one 1 900..");
        assertThat(roster.tenures().stream().map(Tenure::handle).distinct()).hasSize(2);
    }

    @Test
    void neverBeginsAVersionThatIsReplacedBeforeItsTime() {
        Roster roster = Roster.of(List.of(ONE))
                .followedBy(List.of(pattern("one", 2, "")), 900)
                .followedBy(List.of(pattern("one", 3, "")), 500);
        assertThat(described(roster)).containsExactly("one 1 ..900 DROP", "one 3 900..");
    }

    @Test
    void keepsAVersionThatEndedUntilAllItHasBegunIsOver() {
        Roster roster = Roster.of(List.of(ONE)).followedBy(List.of(pattern("one", 2, "onUpdate: drain")), 500);
        assertThat(roster.nextEnd(Long.MIN_VALUE)).isEqualTo(500 + 10_000);
        assertThat(described(roster.without(500 + 10_000 - 1))).hasSize(2);
        assertThat(described(roster.without(500 + 10_000))).containsExactly("one 2 500..");
    }

    @Test
    void looksForAVersionThatIsDroppedNoMoreThoughItIsStillKnown() {
        Roster roster = Roster.of(List.of(ONE)).followedBy(List.of(pattern("one", 2, "onUpdate: drop")), 500);
        assertThat(roster.nextEnd(Long.MIN_VALUE)).isEqualTo(500);
        assertThat(roster.nextEnd(500)).isEqualTo(Long.MAX_VALUE);
        assertThat(described(roster.without(500))).hasSize(2);
    }

    @Test
    void isReadAsItWasWritten() throws IOException {
        Roster roster =
                Roster.of(List.of(ONE, TWO)).followedBy(List.of(pattern("one", 2, "onUpdate: drain"), TWO), 500);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        RosterForm.write(roster, new DataOutputStream(bytes));
        Roster read = RosterForm.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
        assertThat(described(read)).isEqualTo(described(roster));
        assertThat(read.tenures().stream().map(tenure -> tenure.pattern().text()))
                .isEqualTo(roster.tenures().stream()
                        .map(tenure -> tenure.pattern().text())
                        .toList());
        assertThat(read.number()).isEqualTo(roster.number());
        assertThat(read.isOf(List.of(pattern("one", 2, "onUpdate: drain"), TWO)))
                .isTrue();
        assertThat(read.tenures().stream().map(Tenure::handle))
                .isEqualTo(roster.tenures().stream().map(Tenure::handle).toList());
    }

    private static List<String> described(Roster roster) {
        return roster.tenures().stream()
                .map(tenure -> "%s %d %s..%s"
                        .formatted(
                                tenure.pattern().id(),
                                tenure.pattern().version(),
                                tenure.from() == Long.MIN_VALUE ? "" : tenure.from(),
                                tenure.isOpen() ? "" : tenure.until() + " " + tenure.fate()))
                .toList();
    }

    private static Pattern pattern(String id, int version, String more) {
        return WrittenPatterns.one("""
                id: %s
                version: %d
                partitionBy: source
                within: 10s
                sequence: [{ step: a, where: { type: [A] } }, { step: b, where: { type: [B] } }]
                emit: { type: found }
                %s
                """.formatted(id, version, more));
    }
}
