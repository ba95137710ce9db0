package dev.weft.event;

/** What became of one record that was read: an event, or a record that is none. */
public sealed interface Received permits MeshEvent, RefusedRecord {

    /** Where the record was read. */
    Origin origin();

    /** The record, byte for byte. */
    WireRecord wire();

    /** Hands this to the one of the two methods that fits. */
    void giveTo(Receiver receiver);

    /** Takes what was received. */
    interface Receiver {
        void onEvent(MeshEvent event);

        void onRefused(RefusedRecord refused);
    }
}
