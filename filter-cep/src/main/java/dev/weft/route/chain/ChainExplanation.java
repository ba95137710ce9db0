package dev.weft.route.chain;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.weft.event.MeshEvent;
import dev.weft.event.Reason;
import dev.weft.filter.Explanation;
import dev.weft.filter.PlainRuleSet;
import dev.weft.route.transform.EventValue;
import dev.weft.route.transform.EventValues;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What each step of a chain says of one event, as far as that can be said without the memory of those that remember:
 * such a step is taken as passed, and said to be a matter of memory.
 *
 * @param findings one for each step that was asked, in order
 * @param arrived the event as it is behind the last step; null if it does not get there
 * @param tapped the channels of taps on its way, each once
 */
public record ChainExplanation(
        List<Finding> findings, @Nullable MeshEvent arrived, List<String> tapped) {

    /** What became of the event at a step. */
    public enum Outcome {
        PASSED,
        DROPPED,
        FAILED,
        /** It passes or not, as the step remembers. */
        ASKED;

        /** Returns the outcome as scripts are told it. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * What one step says.
     *
     * @param number of the step, from 1
     * @param because why, as a clause that follows the outcome and a colon
     * @param filter of a filter, what its rule says; null for other steps
     */
    public record Finding(
            int number,
            String kind,
            Outcome outcome,
            String because,
            @Nullable Explanation filter) {}

    public ChainExplanation {
        findings = List.copyOf(findings);
        tapped = List.copyOf(tapped);
    }

    /**
     * Explains.
     *
     * @param maxBytes as for {@link ChainRunner}
     */
    public static ChainExplanation of(Chain chain, int maxBytes, MeshEvent event) {
        Listener listener = new Listener(chain, new ChainRunner("", chain, maxBytes), event);
        listener.runner.run(event, 0, 0, listener);
        return new ChainExplanation(listener.findings, listener.arrived, List.copyOf(listener.tapped));
    }

    /** Returns whether the event goes to the dead letter. */
    public boolean failed() {
        return findings.stream().anyMatch(finding -> finding.outcome() == Outcome.FAILED);
    }

    /** Returns whether what becomes of the event is a matter of memory. */
    public boolean remembers() {
        return findings.stream().anyMatch(finding -> finding.outcome() == Outcome.ASKED);
    }

    /** Returns the explanation for people: a line for each step, with what a filter says of each field below it. */
    public String text() {
        StringBuilder text = new StringBuilder();
        for (Finding finding : findings) {
            String says = finding.filter() == null
                    ? finding.outcome() + ": " + finding.because()
                    : finding.filter().text().strip();
            text.append("step %d, %s: %s%n".formatted(finding.number(), finding.kind(), says.replace("\n", "\n  ")));
        }
        return text.toString();
    }

    /** Returns the explanation for programs: an array with an object for each step. */
    public ArrayNode json() {
        ArrayNode json = JsonNodeFactory.instance.arrayNode();
        for (Finding finding : findings) {
            var step = json.addObject()
                    .put("step", finding.number())
                    .put("kind", finding.kind())
                    .put("outcome", finding.outcome().toString())
                    .put("because", finding.because());
            if (finding.filter() != null) {
                step.set("filter", finding.filter().json());
            }
        }
        return json;
    }

    /** Writes down how one event fares. */
    private static final class Listener implements Course {
        private final Chain chain;
        private final ChainRunner runner;
        private final List<Finding> findings = new ArrayList<>();
        private final Set<String> tapped = new LinkedHashSet<>();
        private MeshEvent before;
        private @Nullable MeshEvent arrived;
        private boolean waits;

        Listener(Chain chain, ChainRunner runner, MeshEvent event) {
            this.chain = chain;
            this.runner = runner;
            this.before = event;
        }

        @Override
        public void passed(int step, MeshEvent event) {
            if (!waits) {
                add(step, Outcome.PASSED, chain.steps().get(step).in(new Words(before, true)));
            }
            waits = false;
            before = event;
        }

        @Override
        public void dropped(int step, MeshEvent event) {
            add(step, Outcome.DROPPED, chain.steps().get(step).in(new Words(before, false)));
        }

        @Override
        public void expressionFailed(int step) {
            // the filter's explanation says so
        }

        @Override
        public void tapped(MeshEvent event, List<String> channels) {
            tapped.addAll(channels);
        }

        @Override
        public void failed(int step, Reason reason, String detail) {
            add(step, Outcome.FAILED, reason.code() + ": " + detail);
        }

        @Override
        public void asked(int step, MeshEvent event, Question question) {
            add(step, Outcome.ASKED, chain.steps().get(step).in(new Words(before, true)));
            waits = true;
            runner.resume(true, event, step, question.time(), this);
        }

        @Override
        public void arrived(MeshEvent event) {
            arrived = event;
        }

        private void add(int step, Outcome outcome, String because) {
            Step asked = chain.steps().get(step);
            Explanation filter = asked instanceof Step.Filter it
                    ? PlainRuleSet.of(List.of(it.rule())).explain(0, before)
                    : null;
            findings.add(new Finding(step + 1, asked.kind(), outcome, because, filter));
        }
    }

    /** Why a step lets an event pass, or not. */
    private record Words(MeshEvent event, boolean passes) implements Step.Cases<String> {

        private static final int LONGEST = 60;
        private static final String NO_KEY = "the event has no key";

        @Override
        public String filter(Step.Filter step) {
            return passes ? "its filter wants the event" : "its filter does not want the event";
        }

        @Override
        public String change(Step.Change step) {
            return "the event is changed";
        }

        @Override
        public String tap(Step.Tap step) {
            return "a copy goes to " + String.join(", ", step.channels());
        }

        @Override
        public String sample(Step.Sample step) {
            return (passes ? "it is" : "it is not") + " of the share of " + step.share();
        }

        @Override
        public String firstPerWindow(Step.FirstPerWindow step) {
            return passes ? "it passes if it is the first with " + key(step) + " in its window" : NO_KEY;
        }

        @Override
        public String onlyOnChange(Step.OnlyOnChange step) {
            return passes
                    ? "it passes if it differs in %s from the last with %s".formatted(joined(step.of()), key(step))
                    : NO_KEY;
        }

        private static String joined(List<EventValue> values) {
            return values.stream().map(EventValue::toString).collect(Collectors.joining(" or "));
        }

        private String key(Step.Remembering step) {
            List<JsonNode> values = EventValues.of(step.by()).read(event).values();
            List<String> words = new ArrayList<>();
            for (int i = 0; i < values.size(); i++) {
                String value = values.get(i).isMissingNode()
                        ? "nothing"
                        : values.get(i).toString();
                String shown = value.length() <= LONGEST ? value : value.substring(0, LONGEST) + "…";
                words.add(step.by().get(i) + " " + shown);
            }
            return String.join(" and ", words);
        }
    }
}
