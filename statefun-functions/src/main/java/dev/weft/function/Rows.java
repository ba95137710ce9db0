package dev.weft.function;

/**
 * What is remembered, where the messages of an id are. Rows are live: whoever changes one says so. A row that was asked
 * for stays valid until the next call of any method here. Used by the task's thread.
 */
public interface Rows {

    /** Returns what is remembered at an address; an empty row where nothing is. */
    AddressRow of(Address address);

    /** Returns what functions of an id will send later; an empty row where that is nothing. */
    DelayRow delaysOf(String id);

    /** Is to be told of each change: the row is kept, or, where it is empty now, forgotten; it is woken when due. */
    void changed(Address address, AddressRow row);

    /** As above. */
    void changed(String id, DelayRow row);
}
