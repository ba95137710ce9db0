package dev.weft.scale.simulator;

import dev.weft.scale.lag.JobSnapshot;
import dev.weft.scale.lag.QueueReader.Probed;
import dev.weft.scale.lag.QueueSnapshot;
import dev.weft.scale.lag.Reading;
import java.time.Instant;
import org.apache.kafka.common.TopicPartition;

/** All that can be seen from outside in this second. A policy looks only at what its real counterpart can see. */
public interface Sight {

    /** Returns the simulated time. */
    Instant now();

    /** Returns the simulated time in seconds, for what happens at even distances. */
    default int second() {
        return (int) (now().getEpochSecond() % Integer.MAX_VALUE);
    }

    /** Returns the replicas the Deployment is to have. */
    int replicas();

    /** Returns the TaskManagers that are registered. */
    int readyReplicas();

    /** Returns the CPU the ready TaskManagers use, as a share of what they request; 0 if there is none. */
    double cpu();

    /** Asks the broker. */
    Reading<QueueSnapshot> queue();

    /** Looks whether a record can be read, see {@link dev.weft.scale.lag.QueueReader#probe}. */
    Probed probe(TopicPartition partition, long from, long end);

    /** Asks the JobManager. */
    Reading<JobSnapshot> job();

    /** Asks the JobManager for metrics; unknown also while the job does not run. */
    Reading<JobMetrics> metrics();

    /** Returns whether the policy's own process is up; a policy that has none ignores it. */
    boolean scalerRuns();
}
