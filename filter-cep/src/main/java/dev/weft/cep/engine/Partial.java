package dev.weft.cep.engine;

/** A match that is not complete: the events taken so far, one for each stage. */
final class Partial {

    final Taken[] taken;

    /** How many stages have their event; all of them where only absence is still to be seen. */
    int stage;

    /** When its time is over, milliseconds since 1970. */
    long deadline;

    /** Whether it ended while its list was being gone through. */
    boolean ended;

    Partial(Taken[] taken, int stage, long deadline) {
        this.taken = taken;
        this.stage = stage;
        this.deadline = deadline;
    }

    Partial copy() {
        return new Partial(taken.clone(), stage, deadline);
    }

    long start() {
        return taken[0].position();
    }

    Taken last() {
        return taken[stage - 1];
    }
}
