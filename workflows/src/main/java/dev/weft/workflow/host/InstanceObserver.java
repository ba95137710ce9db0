package dev.weft.workflow.host;

import dev.weft.workflow.DefinitionId;
import dev.weft.workflow.engine.Status;

/** Is told what instances come to, for whoever counts. Told again of what is done again after a restore. */
public interface InstanceObserver {

    /** Wants to know nothing. */
    InstanceObserver NOBODY = new InstanceObserver() {};

    /** An instance has begun. */
    default void began(DefinitionId definition) {}

    /** An instance has ended. */
    default void ended(DefinitionId definition, Status status) {}

    /** An instance wants so many calls made. */
    default void called(DefinitionId definition, int calls) {}
}
