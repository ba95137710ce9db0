package dev.weft.workflow.scenario;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weft.http.CallResult;
import dev.weft.workflow.call.CallOutcome;
import dev.weft.workflow.call.CallRequest;
import dev.weft.workflow.call.StandIn;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Stands in for the world that workflows call. A call that is made again, with the key it had, is the same call. Not
 * safe for use by several threads.
 */
public final class StubbedCalls {

    private final List<Stub> stubs;
    private final Set<String> secrets;
    private final Map<Stub, Integer> answered = new HashMap<>();
    private final Map<String, Made> calls = new LinkedHashMap<>();

    StubbedCalls(Scenario.Given given) {
        this.stubs = given.stubs();
        this.secrets = given.secrets().keySet();
    }

    /** A call, and what is to become of it; its answer is nobody's business once it was given. */
    private static final class Made {
        private final CallRequest request;
        private final ObjectNode shown;
        private Answer answer;
        private long due;
        private Consumer<CallOutcome> outcome;
        private boolean isGiven;

        Made(CallRequest request, ObjectNode shown, Answer answer, long due, Consumer<CallOutcome> outcome) {
            this.request = request;
            this.shown = shown;
            this.answer = answer;
            this.due = due;
            this.outcome = outcome;
        }

        private boolean isOpen() {
            return answer instanceof Answer.Silence;
        }

        private void give() {
            isGiven = true;
            shown.put("answered", true);
            outcome.accept(StandIn.outcome(request, HttpAnswers.result(answer)));
        }
    }

    /**
     * Takes a call; the answer comes before this returns where it needs no time.
     *
     * @param now in milliseconds since 1970
     */
    public void call(CallRequest request, long now, Consumer<CallOutcome> outcome) {
        Made before = calls.get(request.idempotencyKey());
        if (before != null) {
            before.outcome = outcome;
            if (before.isGiven) {
                before.give();
            }
            return;
        }
        Optional<CallOutcome> refused = StandIn.refused(request, secrets);
        if (refused.isPresent()) {
            outcome.accept(refused.get());
            return;
        }
        ObjectNode shown = StandIn.shown(request).put("answered", false);
        Answer answer = answer(shown);
        Made made = new Made(request, shown, answer, now + answer.after(), outcome);
        calls.put(request.idempotencyKey(), made);
        if (!made.isOpen() && answer.after() == 0) {
            made.give();
        }
    }

    private Answer answer(ObjectNode call) {
        for (Stub stub : stubs) {
            if (stub.calls().matches(call)) {
                return stub.answer(answered.merge(stub, 1, Integer::sum) - 1);
            }
        }
        return new Answer.Silence();
    }

    /** Answers the oldest call without an answer that is meant; returns whether there is one. */
    boolean reply(CallPattern calls, Answer answer, long now) {
        for (Made made : this.calls.values()) {
            if (made.isOpen() && calls.matches(made.shown)) {
                made.answer = answer;
                made.due = now + answer.after();
                return true;
            }
        }
        return false;
    }

    /** Returns when the next answer is due, in milliseconds since 1970; {@link Long#MAX_VALUE} for never. */
    long nextDue() {
        return calls.values().stream()
                .filter(made -> !made.isGiven && !made.isOpen())
                .mapToLong(made -> made.due)
                .min()
                .orElse(Long.MAX_VALUE);
    }

    /** Gives the answers that are due. */
    void giveDue(long now) {
        List<Made> due = new ArrayList<>(calls.values());
        due.removeIf(made -> made.isGiven || made.isOpen() || made.due > now);
        due.forEach(Made::give);
    }

    /** Returns what answers a call, by its idempotency key; nothing if there is no such call, or no answer to it. */
    public Optional<CallResult> answer(String key) {
        return Optional.ofNullable(calls.get(key))
                .filter(made -> !made.isOpen())
                .map(made -> HttpAnswers.result(made.answer));
    }

    /** Returns all calls so far, as {@link Seen} shows them. */
    public List<ObjectNode> shown() {
        return calls.values().stream().map(made -> made.shown).toList();
    }
}
