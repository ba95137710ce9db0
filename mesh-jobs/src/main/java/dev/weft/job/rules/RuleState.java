package dev.weft.job.rules;

import java.util.ArrayList;
import java.util.List;

/**
 * What a subtask knows of its rules, and what its state keeps. Immutable: each method returns the state after it.
 *
 * @param lineage tells the versions of this job from those of one of the same name that was started without its state
 * @param seed digest of the routing parts of the config the job was last started with
 * @param inForce the version that decides
 * @param seen ids of proposals that were judged, newest last: what is read again is not judged again
 * @param waiting proposals that were received and not judged yet, in order
 */
public record RuleState(
        String lineage, String seed, RuleVersion inForce, List<String> seen, List<ControlEvent.Proposed> waiting) {

    /** More than may be read twice between two checkpoints by a person's hand; an old one would be refused anyhow. */
    private static final int MOST_SEEN = 100;

    public RuleState {
        seen = List.copyOf(seen);
        waiting = List.copyOf(waiting);
    }

    /** Returns the state of a job that starts with nothing but its config: version 1. */
    public static RuleState startedWith(RulesText seed, String lineage) {
        return new RuleState(lineage, seed.routing().digest(), RuleVersion.ofStart(1, seed), List.of(), List.of());
    }

    /**
     * Returns the state of a job that goes on with this one. The version in force stays, unless the routing parts of
     * the config are others than when the job was last started: then the config is the next version.
     */
    public RuleState restoredWith(RulesText config) {
        String digest = config.routing().digest();
        return digest.equals(seed)
                ? this
                : new RuleState(lineage, digest, RuleVersion.ofStart(inForce.number() + 1, config), seen, waiting);
    }

    /** Returns whether the version in force came with a start, and not by a proposal. */
    public boolean isOfStart() {
        return inForce.equals(RuleVersion.ofStart(inForce.number(), inForce.rules()));
    }

    /** Adds a proposal to those that wait. */
    public RuleState received(ControlEvent.Proposed proposal) {
        List<ControlEvent.Proposed> more = new ArrayList<>(waiting);
        more.add(proposal);
        return new RuleState(lineage, seed, inForce, seen, more);
    }

    /** Returns the same without the proposals that wait. */
    public RuleState withoutWaiting() {
        return new RuleState(lineage, seed, inForce, seen, List.of());
    }

    /** Takes the first of the proposals that wait as judged, and as the version in force if it was accepted. */
    public RuleState judged(Verdict verdict) {
        ControlEvent.Proposed first = waiting.get(0);
        if (!first.id().equals(verdict.proposal().id())) {
            throw new IllegalStateException("judged " + verdict.proposal().id() + " before " + first.id());
        }
        List<String> ids = new ArrayList<>(seen);
        if (!ids.contains(first.id())) {
            ids.add(first.id());
        }
        RuleVersion next = verdict.outcome() == Verdict.Outcome.ACCEPTED ? first.version() : inForce;
        return new RuleState(
                lineage,
                seed,
                next,
                ids.subList(Math.max(0, ids.size() - MOST_SEEN), ids.size()),
                waiting.subList(1, waiting.size()));
    }
}
