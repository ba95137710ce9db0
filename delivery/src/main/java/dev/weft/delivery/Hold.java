package dev.weft.delivery;

/**
 * The parcels of one order key that wait behind another of it: those with the numbers from {@code head} up to, and
 * without, {@code tail}.
 */
public record Hold(long head, long tail) {

    /** Nothing waits behind the one that is held. */
    static final Hold EMPTY = new Hold(0, 0);

    boolean isEmpty() {
        return head == tail;
    }

    Hold withOneMore() {
        return new Hold(head, tail + 1);
    }

    Hold withOneLess() {
        return new Hold(head + 1, tail);
    }
}
