package dev.weft.filter;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weft.event.MeshEvent;
import dev.weft.event.PayloadReading;
import dev.weft.event.Projection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Asks one rule after the other. Its time grows with the number of rules; what it answers is what every other
 * {@link RuleSet} must answer.
 */
public final class PlainRuleSet implements RuleSet {

    private final List<Rule> rules;
    private final Projection wanted;

    private PlainRuleSet(List<Rule> rules) {
        this.rules = List.copyOf(rules);
        this.wanted = Projection.of(
                rules.stream().flatMap(rule -> rule.wantedPaths().stream()).toList());
    }

    /** Returns the set of these rules; their numbers are their places in the list. */
    public static PlainRuleSet of(List<Rule> rules) {
        return new PlainRuleSet(rules);
    }

    @Override
    public void match(MeshEvent event, Matches into) {
        into.clear();
        PayloadReading reading = null;
        Failures failures = new Failures();
        for (int i = 0; i < rules.size(); i++) {
            Rule rule = rules.get(i);
            // By the attributes alone most rules are decided, and then the payload is never read.
            if (rule.isRefusedByAttributes(event)) {
                continue;
            }
            JsonNode root = null;
            if (rule.asksPayload()) {
                reading = reading == null ? event.read(wanted) : reading;
                root = reading.damage() == null ? reading.root() : null;
            }
            failures.any = false;
            Outcome outcome = rule.outcome(event, root, failures);
            if (outcome == Outcome.MATCHED) {
                into.addMatched(i);
            } else if (outcome == Outcome.UNDECIDED && reading != null && reading.damage() != null) {
                into.addUndecided(i, reading.damage());
            } else if (failures.any) {
                into.addFailed(i);
            }
        }
    }

    /** Notices whether an expression failed. */
    private static final class Failures implements Observer {
        private boolean any;

        @Override
        public void sawResidual(Residual residual, MeshEvent event, Residual.Answer answer) {
            any |= answer.failed();
        }
    }

    @Override
    public Explanation explain(int rule, MeshEvent event) {
        return rules.get(rule).explain(event);
    }

    @Override
    public List<Reason> reasons(MeshEvent event) {
        List<Reason> reasons = new ArrayList<>();
        for (Rule rule : rules) {
            Explanation explanation = rule.explain(event);
            String because = explanation.alternatives().stream()
                    .filter(alternative -> alternative.outcome() == explanation.outcome())
                    .map(Explanation.Alternative::because)
                    .findFirst()
                    .orElse(Reason.NOTHING_WANTED.because());
            reasons.add(new Reason(explanation.outcome(), because));
        }
        return reasons;
    }

    @Override
    public int size() {
        return rules.size();
    }

    @Override
    public PlainRuleSet with(Map<Integer, Rule> changes) {
        List<Rule> changed = new ArrayList<>(rules);
        changes.forEach((number, rule) -> {
            while (changed.size() <= number) {
                changed.add(Rule.nothing());
            }
            changed.set(number, rule);
        });
        return new PlainRuleSet(changed);
    }

    @Override
    public RuleMemory memory() {
        return RuleMemory.of(rules, new Footprint());
    }
}
