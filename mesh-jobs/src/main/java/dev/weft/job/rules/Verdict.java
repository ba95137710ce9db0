package dev.weft.job.rules;

import dev.weft.job.JobConfig;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a proposal.
 *
 * @param problems why it is refused, one line each; empty unless it is
 * @param config what is to be put in force; null unless it is accepted
 */
public record Verdict(
        ControlEvent.Proposed proposal,
        Outcome outcome,
        List<String> problems,
        @Nullable JobConfig config) {

    /** The three things that can become of a proposal. */
    public enum Outcome {
        /** It is the next version. */
        ACCEPTED,
        /** It is not, and whoever proposed it is told why. */
        REFUSED,
        /** It is none of this job's business. */
        IGNORED
    }

    public Verdict {
        problems = List.copyOf(problems);
    }

    static Verdict accepted(ControlEvent.Proposed proposal, JobConfig config) {
        return new Verdict(proposal, Outcome.ACCEPTED, List.of(), config);
    }

    /** Returns the verdict that keeps a proposal out. */
    public static Verdict refused(ControlEvent.Proposed proposal, List<String> problems) {
        return new Verdict(proposal, Outcome.REFUSED, problems, null);
    }

    static Verdict ignored(ControlEvent.Proposed proposal) {
        return new Verdict(proposal, Outcome.IGNORED, List.of(), null);
    }
}
