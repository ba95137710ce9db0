package dev.weft.job.flink.function;

import dev.weft.function.Address;
import dev.weft.function.AddressRow;
import dev.weft.function.DelayRow;
import dev.weft.function.FunctionType;
import dev.weft.function.Rows;
import dev.weft.job.flink.row.RecentRows;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.StreamingRuntimeContext;
import org.jspecify.annotations.Nullable;

/**
 * Rows in keyed state; the key is the id. Those that were used of late are in memory too: what has changed is written
 * with a checkpoint, or when a row has to leave.
 *
 * <p>Whatever row has something due, in memory or not, there is a timer at that time or before. One that goes off too
 * early is set again, so that a time that is put off again and again, as of a value that is forgotten when it is not
 * used, costs one timer and not many.
 */
final class KeyedRows implements Rows {

    /** The namespace of timers of what is sent later; that of other timers is the type of the function. */
    static final String OF_DELAYS = "";

    private static final long NEVER = Long.MAX_VALUE;

    private final KeyedStateBackend<String> backend;
    private final InternalTimerService<String> timers;
    private final MapState<String, byte[]> addresses;
    private final ValueState<byte[]> delays;
    private final RecentRows<Address, AddressSlot> recentAddresses;
    private final RecentRows<String, DelaySlot> recentDelays;
    private final DataOutputSerializer bytes = new DataOutputSerializer(256);
    private final List<AddressSlot> changedAddresses = new ArrayList<>();
    private final List<DelaySlot> changedDelays = new ArrayList<>();

    /** The row that was asked for last: it is likely the one that changes. */
    private @Nullable AddressSlot last;

    KeyedRows(
            StreamingRuntimeContext runtime,
            KeyedStateBackend<String> backend,
            InternalTimerService<String> timers,
            FunctionSettings settings) {
        this.backend = backend;
        this.timers = timers;
        addresses = runtime.getMapState(RowStates.addresses());
        delays = runtime.getState(RowStates.delays());
        recentAddresses = new RecentRows<>(settings.addressBytes());
        recentDelays = new RecentRows<>(settings.delayBytes());
    }

    private static final class AddressSlot extends RecentRows.Slot<Address> {

        private static final int OVERHEAD = 200;

        final AddressRow row;

        AddressSlot(Address address, AddressRow row, boolean isStored) {
            super(address, row.due(), isStored);
            this.row = row;
        }

        @Override
        protected long weight() {
            return OVERHEAD + key.id().length() + row.weight();
        }
    }

    private static final class DelaySlot extends RecentRows.Slot<String> {

        private static final int OVERHEAD = 200;

        final DelayRow row;

        DelaySlot(String id, DelayRow row, boolean isStored) {
            super(id, row.due(), isStored);
            this.row = row;
        }

        @Override
        protected long weight() {
            return OVERHEAD + key.length() + row.weight();
        }
    }

    @Override
    public AddressRow of(Address address) {
        return slot(address).row;
    }

    private AddressSlot slot(Address address) {
        AddressSlot slot = recentAddresses.get(address);
        if (slot == null) {
            slot = read(address);
            recentAddresses.put(slot);
            if (recentAddresses.isFull()) {
                recentAddresses.makeRoom(this::write);
            }
        }
        last = slot;
        return slot;
    }

    private AddressSlot read(Address address) {
        backend.setCurrentKey(address.id());
        try {
            byte[] stored = addresses.get(address.type().toString());
            return stored == null
                    ? new AddressSlot(address, new AddressRow(), false)
                    : new AddressSlot(address, AddressRow.read(new DataInputDeserializer(stored)), true);
        } catch (Exception e) {
            throw unreadable(address.toString(), e);
        }
    }

    @Override
    public DelayRow delaysOf(String id) {
        return delaySlot(id).row;
    }

    private DelaySlot delaySlot(String id) {
        DelaySlot slot = recentDelays.get(id);
        if (slot == null) {
            slot = readDelays(id);
            recentDelays.put(slot);
            if (recentDelays.isFull()) {
                recentDelays.makeRoom(this::write);
            }
        }
        return slot;
    }

    private DelaySlot readDelays(String id) {
        backend.setCurrentKey(id);
        try {
            byte[] stored = delays.value();
            return stored == null
                    ? new DelaySlot(id, new DelayRow(), false)
                    : new DelaySlot(id, DelayRow.read(new DataInputDeserializer(stored)), true);
        } catch (IOException e) {
            throw unreadable("what " + id + " sends later", e);
        }
    }

    private static IllegalStateException unreadable(String what, Exception e) {
        return new IllegalStateException("the row of " + what + " cannot be read", e);
    }

    @Override
    public void changed(Address address, AddressRow row) {
        AddressSlot slot = last != null && last.row == row ? last : slot(address);
        if (!slot.isDirty) {
            slot.isDirty = true;
            changedAddresses.add(slot);
        }
        recentAddresses.weigh(slot);
        expect(slot, row.due());
    }

    @Override
    public void changed(String id, DelayRow row) {
        DelaySlot slot = delaySlot(id);
        if (!slot.isDirty) {
            slot.isDirty = true;
            changedDelays.add(slot);
        }
        recentDelays.weigh(slot);
        expect(slot, row.due());
    }

    private void expect(AddressSlot slot, long due) {
        if (due < slot.timer) {
            slot.timer = due;
            backend.setCurrentKey(slot.key.id());
            timers.registerProcessingTimeTimer(slot.key.type().toString(), due);
        }
    }

    private void expect(DelaySlot slot, long due) {
        if (due < slot.timer) {
            slot.timer = due;
            backend.setCurrentKey(slot.key);
            timers.registerProcessingTimeTimer(OF_DELAYS, due);
        }
    }

    /** Is to be told that the timer of an address has gone off, and that what was to be done then is done. */
    void woken(Address address) {
        AddressSlot slot = slot(address);
        slot.timer = NEVER;
        expect(slot, slot.row.due());
    }

    /** Is to be told that the timer of an id has gone off, and that what was to be sent then is sent, or never mind. */
    void delaysWoken(String id) {
        DelaySlot slot = delaySlot(id);
        slot.timer = NEVER;
        expect(slot, slot.row.due());
    }

    private void write(AddressSlot slot) {
        if (!slot.isDirty) {
            return;
        }
        slot.isDirty = false;
        backend.setCurrentKey(slot.key.id());
        String type = slot.key.type().toString();
        try {
            if (!slot.row.isEmpty()) {
                slot.row.write(bytes);
                addresses.put(type, taken());
                slot.isStored = true;
            } else if (slot.isStored) {
                addresses.remove(type);
                slot.isStored = false;
            }
        } catch (Exception e) {
            throw new IllegalStateException("the row of " + slot.key + " cannot be written", e);
        }
    }

    private void write(DelaySlot slot) {
        if (!slot.isDirty) {
            return;
        }
        slot.isDirty = false;
        backend.setCurrentKey(slot.key);
        try {
            if (!slot.row.isEmpty()) {
                slot.row.write(bytes);
                delays.update(taken());
                slot.isStored = true;
            } else if (slot.isStored) {
                delays.clear();
                slot.isStored = false;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private byte[] taken() {
        byte[] written = bytes.getCopyOfBuffer();
        bytes.clear();
        return written;
    }

    /** Writes all that has changed. */
    void write() {
        changedAddresses.forEach(this::write);
        changedAddresses.clear();
        changedDelays.forEach(this::write);
        changedDelays.clear();
        last = null;
    }

    /** Returns how many rows are in memory. */
    int inMemory() {
        return recentAddresses.size() + recentDelays.size();
    }

    /** Returns how many bytes of memory they take, about. */
    long bytesInMemory() {
        return recentAddresses.weight() + recentDelays.weight();
    }

    /** Returns whose timer goes off, by its key and namespace; null for what is sent later. */
    static @Nullable Address address(String key, String namespace) {
        return namespace.equals(OF_DELAYS) ? null : new Address(FunctionType.parse(namespace), key);
    }
}
