package dev.weft.workflow.scenario;

import java.util.List;

/**
 * What answers calls in a scenario.
 *
 * @param calls those that it answers
 * @param answers one after the other; the last one for all further calls. At least one
 */
public record Stub(CallPattern calls, List<Answer> answers) {

    public Stub {
        answers = List.copyOf(answers);
    }

    /** Returns the answer to a call before which it answered that many. */
    Answer answer(int before) {
        return answers.get(Math.min(before, answers.size() - 1));
    }
}
