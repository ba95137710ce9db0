package dev.weft.job.flink;

/** The names by which savepoints know the operators, and metrics show them. They never change. */
public final class Uids {

    /** Reads every channel. */
    public static final String SOURCE = "read";

    /** Reads the control channel. */
    public static final String CONTROL = "control";

    /** Decides where each event goes. */
    public static final String ROUTE = "route";

    /** Writes to every channel and to the dead letter. */
    public static final String SINK = "write";

    private Uids() {}
}
