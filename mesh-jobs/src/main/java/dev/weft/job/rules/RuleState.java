package dev.weft.job.rules;

import dev.weft.delivery.Target;
import dev.weft.job.JobConfig;
import dev.weft.route.Route;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a subtask knows of its rules, and what its state keeps. Immutable: each method returns the state after it.
 *
 * @param lineage tells the versions of this job from those of one of the same name that was started without its state
 * @param seed digest of the routing parts of the config the job was last started with
 * @param inForce the version that decides
 * @param position how far the control channel was read
 * @param pauses what stands still
 */
public record RuleState(String lineage, String seed, RuleVersion inForce, long position, Pauses pauses) {

    /** Returns the state of a job that starts with nothing but its config: version 1. */
    public static RuleState startedWith(RulesText config, String lineage) {
        return new RuleState(lineage, config.routing().digest(), RuleVersion.ofStart(1, config), 0, Pauses.NONE);
    }

    /**
     * Returns the state of a job that goes on with those its subtasks had: the newest of them, so that no partition is
     * decided by older rules than before, whichever subtask reads it now. The version in force stays, unless the
     * routing parts of the config are others than when the job was last started: then the config is the next version.
     *
     * @param before at least one; all of one lineage
     */
    public static RuleState restored(List<RuleState> before, RulesText config) {
        RuleState newest = before.stream()
                .max(Comparator.comparingInt(
                                (RuleState state) -> state.inForce().number())
                        .thenComparingLong(RuleState::position))
                .orElseThrow();
        String digest = config.routing().digest();
        return digest.equals(newest.seed)
                ? newest
                : new RuleState(
                        newest.lineage,
                        digest,
                        RuleVersion.ofStart(newest.inForce.number() + 1, config),
                        newest.position,
                        newest.pauses);
    }

    /** Returns whether the version in force came with a start, and not by a proposal. */
    public boolean isOfStart() {
        return inForce.equals(RuleVersion.ofStart(inForce.number(), inForce.rules()));
    }

    /** Returns the state after a verdict: the proposal is in force if it was accepted. */
    public RuleState after(Verdict verdict) {
        JobConfig config = verdict.config();
        return config == null
                ? this
                : new RuleState(lineage, seed, verdict.proposal().version(), position, pauses).within(config);
    }

    /** Returns the state in which nothing stands still that a config does not have. */
    public RuleState within(JobConfig config) {
        return with(pauses.within(
                config.routes().stream().map(Route::name).collect(Collectors.toSet()),
                config.targets().stream().map(Target::name).collect(Collectors.toSet())));
    }

    RuleState with(Pauses others) {
        return new RuleState(lineage, seed, inForce, position, others);
    }

    /** Returns the state of who has read the control channel up to there. */
    public RuleState at(long offset) {
        return new RuleState(lineage, seed, inForce, offset, pauses);
    }
}
