package dev.weft.job.rules;

import dev.weft.job.Jobs;
import java.util.Collections;

/** A shop whose rules change, for tests. */
public final class Shops {

    private static final String ALL = "- { name: all, from: [orders], to: [out] }";

    private Shops() {}

    /** Returns the shop's config with these routes, each one line of YAML. */
    public static RulesText with(String... routes) {
        return from("shop", """
                channels:
                  orders: { topic: shop.orders }
                  returns: { topic: shop.returns }
                  out: { topic: shop.out }
                  big: { topic: shop.big }
                  control: { topic: shop.control }
                  dead: { topic: shop.dead }
                deadLetter: dead
                control: control
                routes:
                %s
                """.formatted(String.join("\n", routes).indent(2)));
    }

    /** Returns the config with one route. */
    public static RulesText withAll() {
        return with(ALL);
    }

    /** Returns a config of this specification. */
    public static RulesText from(String name, String spec) {
        return new RulesText(name + ".yaml", Jobs.text(name, spec), Collections.emptySortedMap());
    }

    /** Returns a config in which the shop's single route gives events this attribute. */
    public static RulesText stamping(String stamp) {
        return with(
                "- { name: all, from: [orders], transform: { set: { stamp: \"%s\" } }, to: [out] }".formatted(stamp));
    }

    /** Returns the proposal of a version that follows another. */
    public static ControlEvent.Proposed proposal(int number, RulesText rules, RulesText before) {
        RuleVersion version = new RuleVersion(number, "id-" + number, "somebody", rules);
        return new ControlEvent.Proposed("shop", "first", version, before.digest());
    }

    /** Returns a shop's config with two targets, and these routes, each one line of YAML. */
    public static RulesText delivering(String... routes) {
        return from("shop", """
                channels:
                  orders: { topic: shop.orders }
                  out: { topic: shop.out }
                  control: { topic: shop.control }
                  dead: { topic: shop.dead }
                targets:
                  billing: { http: { url: "http://127.0.0.1:9/billing" } }
                  ledger: { http: { url: "http://127.0.0.1:9/ledger" }, order: perKey }
                deadLetter: dead
                control: control
                routes:
                %s
                """.formatted(String.join("\n", routes).indent(2)));
    }

    /** Returns a pause of that part. */
    public static Pause pause(Part.Kind kind, String name) {
        return new Pause(new Part(kind, name), "me@here", "2026-11-21T09:00:00Z", "because");
    }

    /** Returns what somebody says who wants a part to stand still, or to go on. */
    public static ControlEvent.Pausing pausing(String lineage, Part.Kind kind, String name, boolean ends) {
        return new ControlEvent.Pausing("shop", lineage, "id-" + kind + name + ends, pause(kind, name), ends);
    }

    /** Returns the state of a shop that was started with these rules. */
    static RuleState started(RulesText rules) {
        return RuleState.startedWith(rules, "first");
    }
}
