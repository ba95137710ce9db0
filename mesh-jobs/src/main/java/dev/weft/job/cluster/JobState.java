package dev.weft.job.cluster;

import java.util.Locale;

/** Where a job is in its life, in Flink's words. */
public enum JobState {
    INITIALIZING,
    CREATED,
    RUNNING,
    FAILING,
    FAILED,
    CANCELLING,
    CANCELED,
    FINISHED,
    RESTARTING,
    SUSPENDED,
    RECONCILING;

    /** Whether the job will not leave this state by itself. */
    public boolean isFinal() {
        return this == FAILED || this == CANCELED || this == FINISHED;
    }

    /** Returns the state in lower case, for a sentence. */
    public String inWords() {
        return name().toLowerCase(Locale.ROOT);
    }
}
