package dev.weft.workflow.host;

import dev.weft.function.FunctionType;

/** The names by which functions of workflows, and what they say to the world, are known to the job. */
public final class WorkflowTypes {

    private static final String NAMESPACE = "weft.workflow";

    /** Instances; the id is the instance's. */
    public static final FunctionType INSTANCE = new FunctionType(NAMESPACE, "instance");

    /** Who waits for events of one filter with the same values. */
    public static final FunctionType CORRELATION = new FunctionType(NAMESPACE, "correlation");

    /** Calls to the outside; the id is made of the instance's id and the call's token. */
    public static final FunctionType CALL = new FunctionType(NAMESPACE, "call");

    /** What starts instances; the id is {@code namespace/name} of the definition, perhaps with values. */
    public static final FunctionType SCHEDULE = new FunctionType(NAMESPACE, "schedule");

    /** Where events that instances emit go; see {@link OutgoingEvents}. */
    public static final FunctionType EVENTS = new FunctionType(NAMESPACE, "events");

    /** Where it is told what happens to instances; see {@link OutgoingEvents}. */
    public static final FunctionType LIFECYCLE = new FunctionType(NAMESPACE, "lifecycle");

    /** Where it is told how each instance is; see {@link OutgoingEvents}. */
    public static final FunctionType INSTANCES = new FunctionType(NAMESPACE, "instances");

    /** Where commands are answered; see {@link OutgoingEvents}. */
    public static final FunctionType REPLIES = new FunctionType(NAMESPACE, "replies");

    private WorkflowTypes() {}
}
