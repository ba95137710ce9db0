package dev.weft.event;

/**
 * A record that is not an event the mesh can take, kept whole so that nothing is lost.
 *
 * @param reason why it was refused
 * @param detail what exactly was wrong, in words for a person
 */
public record RefusedRecord(Origin origin, WireRecord wire, Reason reason, String detail) implements Received {

    @Override
    public void giveTo(Receiver receiver) {
        receiver.onRefused(this);
    }
}
