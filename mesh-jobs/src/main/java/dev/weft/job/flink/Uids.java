package dev.weft.job.flink;

/** The names by which savepoints know the operators, and metrics show them. They never change. */
public final class Uids {

    /** Reads every channel. */
    public static final String SOURCE = "read";

    /** Takes out the events that may have come before. */
    public static final String DEDUP_SORT = "dedup-sort";

    /** Remembers events that passed, and lets none of them pass again. */
    public static final String DEDUP = "dedup";

    /** Decides where each event goes. */
    public static final String ROUTE = "route";

    /** Keeps what the first step of a route that remembers remembers; that of the second is {@code chain-2}. */
    public static final String CHAIN = "chain";

    /** Finds the matches of patterns, key by key. */
    public static final String PATTERNS = "patterns";

    /** Writes the events of matches. */
    public static final String MATCH_SINK = "write-matches";

    /** Delivers to targets to which events go in no order. */
    public static final String DELIVER = "deliver";

    /** Delivers to targets to which events of one key go one after the other. */
    public static final String DELIVER_IN_ORDER = "deliver-in-order";

    /** Writes replies, and what targets did not take. */
    public static final String DELIVERY_SINK = "write-deliveries";

    /** Runs stateful functions. */
    public static final String FUNCTIONS = "functions";

    /** Takes what functions send to other subtasks back to where functions run. */
    public static final String FUNCTIONS_LOOP = "functions-loop";

    /** Writes what functions say to the world outside, and the messages that no function takes. */
    public static final String FUNCTION_SINK = "write-functions";

    /** Writes to every channel and to the dead letter. */
    public static final String SINK = "write";

    private Uids() {}

    /** Returns the name of the operator that keeps the memory of the n-th such step, from 1. */
    static String chain(int n) {
        return n == 1 ? CHAIN : CHAIN + "-" + n;
    }
}
