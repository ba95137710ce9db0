package dev.weft.scale.lag;

import java.util.OptionalLong;
import java.util.Set;

/** A Flink cluster, asked and told. Calls block, and end within the time the implementation was given. */
public interface JobControl {

    /**
     * Reads a job.
     *
     * @param topics whose positions are wanted
     */
    Reading<JobSnapshot> read(JobRef job, Set<String> topics);

    /**
     * Tells a job of an adaptive scheduler how many subtasks each of its vertices may have, from 1 on, and returns that
     * number. A vertex that cannot have so many is told the most it can; unknown if that is the source.
     */
    Reading<Integer> setParallelism(JobRef job, int upperBound);

    /**
     * Asks for a checkpoint now. Returns its id if it has completed within the time the implementation was given; if
     * not, it may still complete, which {@link JobSnapshot} shows. Unknown if it was refused or has failed.
     */
    Reading<OptionalLong> triggerCheckpoint(JobRef job);
}
