package dev.weft.workflow.engine;

/** What kinds of frames there are. The order is part of what is kept: new ones go to the end. */
enum FrameKind {
    BRANCH,
    BLOCK,
    LOOP,
    ATTEMPT,
    FORK,
    LISTENING,
    CALLING,
    CHILD,
    PAUSE,
    EXTENDED,
    COMPENSATING
}
