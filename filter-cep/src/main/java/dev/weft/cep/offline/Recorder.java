package dev.weft.cep.offline;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weft.cep.Pattern;
import dev.weft.cep.Pattern.Step;
import dev.weft.cep.engine.KeptEvent;
import dev.weft.cep.engine.Outcomes;
import dev.weft.cep.offline.Happening.What;
import dev.weft.config.DurationText;
import dev.weft.filter.cel.Bindings;
import dev.weft.filter.cel.CelAnswer;
import dev.weft.filter.cel.CelExpression;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Puts what an engine tells into words. */
final class Recorder implements Outcomes {

    private final Pattern pattern;
    private final List<String> leading;

    /** How often each happened, in the order in which it did first. */
    private final Map<Happening, Integer> happened = new LinkedHashMap<>();

    Recorder(Pattern pattern) {
        this.pattern = pattern;
        this.leading =
                pattern.steps().stream().takeWhile(Step::absent).map(Step::name).toList();
    }

    /** Returns what happened since this was asked last. */
    List<Happening> take() {
        List<Happening> all = new ArrayList<>();
        happened.forEach((each, times) -> all.add(
                times == 1
                        ? each
                        : new Happening(
                                each.what(),
                                each.step(),
                                each.said() + " (" + times + " partial matches)",
                                each.values())));
        happened.clear();
        return all;
    }

    private void add(Happening happening) {
        happened.merge(happening, 1, Integer::sum);
    }

    @Override
    public void matched(Match match) {
        add(new Happening(What.MATCHED, "", "match: " + Ids.inWords(match.taken())));
    }

    @Override
    public void timedOut(Timeout timeout) {
        add(new Happening(
                What.TIMED_OUT,
                timeout.waitingFor(),
                "time over, waiting for " + timeout.waitingFor() + ": " + Ids.inWords(timeout.taken())));
    }

    @Override
    public void notMet(String step, CelExpression condition, CelAnswer answer, KeptEvent event, Bindings bindings) {
        Map<String, JsonNode> values = NamedValues.of(condition, event, bindings);
        String failure = answer.failure();
        String fails = failure == null ? "" : " fails: " + failure;
        add(
                step.isEmpty()
                        ? new Happening(
                                What.REJECTED, "", "having refuses the match: " + condition.text() + fails, values)
                        : new Happening(What.NOT_MET, step, step + " not met: " + condition.text() + fails, values));
    }

    @Override
    public void noted(Note note, String step) {
        switch (note) {
            case TAKEN -> add(new Happening(What.TAKEN, step, "taken as " + step));
            case ENDED_BY_ABSENT -> add(new Happening(What.ENDED_BY_ABSENT, step, endedByAbsent(step)));
            case ENDED_BY_UNTIL ->
                add(new Happening(
                        What.ENDED_BY_UNTIL,
                        step,
                        (step.isEmpty() ? "until" : "until of " + step) + " ends what had begun"));
            case INTERRUPTED ->
                add(new Happening(What.INTERRUPTED, "", "it comes between what must be next, and ends what had begun"));
            case SKIPPED -> add(new Happening(What.SKIPPED, "", "what had begun ends with the match it overlaps"));
            case DROPPED ->
                add(new Happening(
                        What.DROPPED,
                        "",
                        "one too many for limits.partialsPerKey "
                                + pattern.limits().partialsPerKey()));
            case NOT_MET, CONDITION_FAILED, REJECTED -> {
                // notMet has said it, and why.
            }
            case REPLACED -> {
                // There is one version only.
            }
        }
    }

    private String endedByAbsent(String step) {
        if (!leading.contains(step)) {
            return step + " came, and ends what had begun";
        }
        Duration within = pattern.step(step).map(Step::within).orElse(pattern.within());
        Duration lookBack = within.compareTo(pattern.within()) < 0 ? within : pattern.within();
        return "begins nothing: " + step + " came less than " + DurationText.of(lookBack) + " before";
    }
}
