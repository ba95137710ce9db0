package dev.weft.scale;

import java.time.Instant;
import java.util.Optional;

/**
 * What {@link LagPolicy} remembers from one decision to the next; it survives a restart of the scaler.
 *
 * @param wanted parallelism of the last decision; 0 if there should be none
 * @param since when that was decided; empty if somebody else did
 * @param capacity what subtasks drain
 * @param restarts what changes of size cost
 * @param patience which sizes were needed when
 * @param quiet since when there is nothing to do
 * @param pressed since when a larger size is called for
 * @param trial the last larger size, as long as it has not shown what it is worth
 * @param last the observation before
 */
public record Memory(
        int wanted,
        Optional<Instant> since,
        Capacity capacity,
        Restarts restarts,
        Patience patience,
        Quiet quiet,
        Optional<Instant> pressed,
        Optional<Trial> trial,
        Optional<Glance> last) {

    /** Returns what is remembered of a consumer that was never looked at. */
    public static Memory empty() {
        return new Memory(
                0,
                Optional.empty(),
                Capacity.UNKNOWN,
                Restarts.UNKNOWN,
                Patience.NONE,
                Quiet.NOT,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    Memory finding(int parallelism) {
        return new Memory(
                parallelism,
                Optional.empty(),
                capacity,
                restarts,
                patience,
                quiet,
                Optional.empty(),
                Optional.empty(),
                last);
    }

    Memory wanting(int parallelism, Instant at) {
        return new Memory(
                parallelism, Optional.of(at), capacity, restarts, patience, quiet, Optional.empty(), trial, last);
    }

    Memory learning(Capacity drained, Restarts cost, Quiet silence, Glance glance) {
        return new Memory(wanted, since, drained, cost, patience, silence, pressed, trial, Optional.of(glance));
    }

    Memory with(Patience needs) {
        return new Memory(wanted, since, capacity, restarts, needs, quiet, pressed, trial, last);
    }

    Memory pressedSince(Optional<Instant> from) {
        return new Memory(wanted, since, capacity, restarts, patience, quiet, from, trial, last);
    }

    Memory trying(Optional<Trial> larger) {
        return new Memory(wanted, since, capacity, restarts, patience, quiet, pressed, larger, last);
    }
}
