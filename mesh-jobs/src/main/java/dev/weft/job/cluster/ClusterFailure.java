package dev.weft.job.cluster;

/**
 * A cluster did not do what was asked. The message is one sentence for the person who asked, without a stack trace and
 * without class names of Flink where they can be left out.
 */
public final class ClusterFailure extends Exception {

    private static final long serialVersionUID = 1L;

    public ClusterFailure(String sentence) {
        super(sentence);
    }

    public ClusterFailure(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
