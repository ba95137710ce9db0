package dev.weft.job.rules;

import dev.weft.cep.Pattern;
import dev.weft.cep.engine.Succession;
import dev.weft.config.Checked;
import dev.weft.config.Problem;
import dev.weft.job.JobConfig;
import java.util.ArrayList;
import java.util.List;

/**
 * Says whether a proposal becomes the next version. Every subtask judges for itself, so the answer depends on nothing
 * but the proposal and the versions before it.
 */
public final class RuleJudge {

    private final JobConfig running;

    /** Judges for the job that was started with this config. */
    public RuleJudge(JobConfig running) {
        this.running = running;
    }

    /**
     * Judges a proposal. It must come from someone who knew the version in force: of two who change the same version,
     * the second is refused.
     */
    public Verdict judge(RuleState state, ControlEvent.Proposed proposal) {
        if (!isOurs(state, proposal)) {
            return Verdict.ignored(proposal);
        }
        int number = proposal.version().number();
        int next = state.inForce().number() + 1;
        if (number != next) {
            String found = number < next ? "version %d, which was given before" : "version %d, which leaves a gap";
            return Verdict.refused(
                    proposal, List.of("found " + found.formatted(number) + ", expected version " + next));
        }
        if (!proposal.follows().equals(state.inForce().rules().digest())) {
            return Verdict.refused(
                    proposal,
                    List.of("found a change of other rules than version "
                            + state.inForce().number() + ", expected one of the version in force"));
        }
        Checked<JobConfig> read = proposal.version().rules().read();
        if (read.value().isEmpty()) {
            return Verdict.refused(
                    proposal, read.problems().stream().map(Problem::message).toList());
        }
        JobConfig config = read.value().orElseThrow();
        List<String> problems = new ArrayList<>(FixedParts.differences(running, config));
        JobConfig before = state.inForce().rules().read().orElseThrow();
        for (Pattern wanted : config.patterns()) {
            before.patterns().stream()
                    .filter(pattern -> pattern.id().equals(wanted.id()))
                    .forEach(pattern -> problems.addAll(Succession.problems(pattern, wanted)));
        }
        return problems.isEmpty() ? Verdict.accepted(proposal, config) : Verdict.refused(proposal, problems);
    }

    /** Returns the state in which a part stands still, or goes on; the same if the job has no such part. */
    public RuleState judge(RuleState state, ControlEvent.Pausing asked) {
        Pause pause = asked.pause();
        if (!isOurs(state, asked) || !has(state, pause.part())) {
            return state;
        }
        return state.with(
                asked.ends()
                        ? state.pauses().without(pause.part())
                        : state.pauses().with(pause));
    }

    private boolean has(RuleState state, Part part) {
        return switch (part.kind()) {
            case ROUTE -> state.inForce().rules().routing().routes().containsKey(part.name());
            case TARGET ->
                running.targets().stream().anyMatch(target -> target.name().equals(part.name()));
        };
    }

    private boolean isOurs(RuleState state, ControlEvent said) {
        return said.job().equals(running.name()) && said.lineage().equals(state.lineage());
    }
}
