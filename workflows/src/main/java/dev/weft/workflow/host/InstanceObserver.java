package dev.weft.workflow.host;

import dev.weft.workflow.DefinitionId;
import dev.weft.workflow.engine.Status;

/**
 * Is told what instances come to, for whoever counts. Told again of what is done again after a restore: whoever counts
 * what is kept goes on from what was counted at that checkpoint.
 */
public interface InstanceObserver {

    /** Wants to know nothing. */
    InstanceObserver NOBODY = new InstanceObserver() {};

    /** An instance has begun. */
    default void began(DefinitionId definition) {}

    /** An instance has ended. */
    default void ended(DefinitionId definition, Status status) {}

    /** So many instances of the definition are kept more than before; fewer, if it is negative. */
    default void kept(DefinitionId definition, int more) {}

    /** An instance wants so many calls made. */
    default void called(DefinitionId definition, int calls) {}
}
