package dev.weft.job.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class RulesDifferenceTest {

    private static final String ALL = "- { name: all, from: [orders], to: [out] }";
    private static final String BIG = "- { name: big, from: [orders], where: { type: [a] }, to: [big] }";

    @Test
    void layoutAndCommentsAreNoDifference() {
        RulesText spread = Shops.with("- name: all # everything", "  from:", "    - orders", "  to: [\"out\"]");

        RulesDifference difference = RulesDifference.between(Shops.with(ALL), spread);

        assertThat(difference.isEmpty()).isTrue();
        assertThat(difference.routes().same()).isEqualTo(1);
    }

    @Test
    void aRouteThatIsNewAndOneThatIsGoneAreNamed() {
        RulesDifference difference = RulesDifference.between(Shops.with(ALL), Shops.with(BIG));

        assertThat(difference.routes().added()).containsOnlyKeys("big");
        assertThat(difference.routes().removed()).containsExactly("all");
        assertThat(difference.routes().same()).isZero();
    }

    @Test
    void ofARouteThatChangedTheMembersAreNamed() {
        RulesDifference difference = RulesDifference.between(
                Shops.with(BIG), Shops.with(BIG.replace("where: { type: [a] }", "description: all of them")));

        assertThat(difference.routes().changed()).containsOnlyKeys("big");
        assertThat(difference.routes().changed().get("big"))
                .containsOnlyKeys("where", "description")
                .hasEntrySatisfying("where", change -> {
                    assertThat(change.before()).hasToString("{\"type\":[\"a\"]}");
                    assertThat(change.after().isMissingNode()).isTrue();
                });
    }

    @Test
    void anotherOrderIsADifference() {
        RulesDifference difference = RulesDifference.between(Shops.with(ALL, BIG), Shops.with(BIG, ALL));

        assertThat(difference.routes().reordered()).isTrue();
        assertThat(difference.isEmpty()).isFalse();
        assertThat(difference.routes().same()).isEqualTo(2);
    }

    @Test
    void whatRoutesReferToIsADifference() {
        RulesText before = Shops.with(ALL);
        RulesText after = new RulesText(
                before.file(),
                before.text().replace("{ topic: shop.big }", "{ topic: shop.large }"),
                before.variables());

        assertThat(RulesDifference.between(before, after).surroundings()).isTrue();
        assertThat(RulesDifference.between(before, after).isEmpty()).isFalse();
    }

    @Test
    void variablesAreComparedByTheirValues() {
        RulesText text = Shops.with(ALL.replace("name: all", "name: all, description: \"${NAME}\""));
        RulesText one = RulesText.of("shop.yaml", text.text(), Map.of("NAME", "one", "OTHER", "x"));
        RulesText other = RulesText.of("shop.yaml", text.text(), Map.of("NAME", "other"));

        assertThat(one.variables()).containsOnlyKeys("NAME");
        assertThat(RulesDifference.between(one, other).routes().changed().get("all"))
                .containsOnlyKeys("description");
    }
}
