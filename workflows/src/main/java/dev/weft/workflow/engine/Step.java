package dev.weft.workflow.engine;

import java.util.List;

/**
 * The answer to a signal.
 *
 * @param next the instance as it is now, which may be the same object, changed; it has ended where its status says so
 * @param effects in the order in which they are to be done
 */
public record Step(Instance next, List<Effect> effects) {}
