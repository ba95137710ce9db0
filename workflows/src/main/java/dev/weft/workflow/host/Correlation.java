package dev.weft.workflow.host;

import dev.weft.function.Address;
import dev.weft.function.Effects.Send;
import dev.weft.function.TypedValue;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Brings events to those that wait for them at one address. Every waiter gets every event; one that comes a second
 * time, as far as it is remembered, nobody gets. Who begins to wait gets what came before as well, from when on it
 * says. Not safe for use by several threads.
 *
 * <p>Where very many wait at one address, they are divided among addresses below it, and below these; see
 * {@link Waiters}. Only the topmost keeps events: what came before a waiter is given to it there, before the waiter is
 * sent below, and what comes afterwards follows it, as messages between two addresses keep their order. So an event is
 * neither lost between the two nor given twice.
 */
final class Correlation {

    private final Address self;
    private final Waiters waiters;
    private final EarlyEvents early;
    private final long now;
    private final List<Send> sends = new ArrayList<>();
    private final BitSet changedSegments = new BitSet();
    private boolean waitersChanged;

    /** Begins with what is kept at that address. */
    Correlation(Address self, Waiters waiters, EarlyEvents early, long now) {
        this.self = self;
        this.waiters = waiters;
        this.early = early;
        this.now = now;
    }

    void take(CorrelationMessage message) throws UnreadableException {
        if (message instanceof CorrelationMessage.Event event) {
            came(event);
        } else if (message instanceof CorrelationMessage.Relay relay) {
            giveToAll(relay.json());
        } else if (message instanceof CorrelationMessage.Subscribe subscribe) {
            for (byte[] json : early.since(subscribe.since(), now)) {
                give(subscribe.waiter(), json);
            }
            add(subscribe.waiter());
        } else if (message instanceof CorrelationMessage.Adopt adopt) {
            waiters.adopted(adopt.depth());
            add(adopt.waiter());
        } else if (message instanceof CorrelationMessage.Unsubscribe unsubscribe) {
            remove(unsubscribe);
        } else if (message instanceof CorrelationMessage.Deserted deserted) {
            waiters.deserted(deserted.branch(), deserted.adopted());
            waitersChanged = true;
            tellIfDeserted();
        }
    }

    private void came(CorrelationMessage.Event event) {
        if (event.keepMillis() > 0) {
            if (early.has(event.identity())) {
                return;
            }
            changedSegments.set(early.add(event, now));
        }
        giveToAll(event.json());
    }

    private void giveToAll(byte[] json) {
        if (!waiters.isDivided()) {
            waiters.list().forEach(waiter -> give(waiter, json));
            return;
        }
        TypedValue form = new CorrelationMessage.Relay(json).form();
        for (int branch = 0; branch < Waiters.BRANCHES; branch++) {
            if (waiters.isUsed(branch)) {
                sends.add(new Send(below(branch), form));
            }
        }
    }

    private void give(Waiter waiter, byte[] json) {
        sends.add(new Send(
                new Address(WorkflowTypes.INSTANCE, waiter.instance()),
                new InstanceMessage.Event(waiter.token(), waiter.filter(), json).form()));
    }

    private void add(Waiter waiter) {
        waitersChanged = true;
        if (waiters.isDivided()) {
            sendBelow(waiter);
        } else if (waiters.add(waiter)) {
            waiters.divide().forEach(this::sendBelow);
        }
    }

    private void sendBelow(Waiter waiter) {
        int branch = waiters.branch(waiter);
        waiters.sent(branch);
        sends.add(new Send(below(branch), new CorrelationMessage.Adopt(waiter, waiters.depth() + 1).form()));
    }

    private void remove(CorrelationMessage.Unsubscribe unsubscribe) {
        Waiter waiter = unsubscribe.waiter();
        if (waiters.isDivided()) {
            int branch = waiters.branch(waiter);
            if (waiters.isUsed(branch)) {
                sends.add(new Send(below(branch), unsubscribe.form()));
            }
            return;
        }
        waitersChanged |= waiters.remove(waiter);
        tellIfDeserted();
    }

    /** Has the address above forget this one, where nobody waits here any more. */
    private void tellIfDeserted() {
        if (waiters.depth() > 0 && waiters.isEmpty()) {
            String id = self.id();
            int branch = Character.digit(id.charAt(id.length() - 1), Waiters.BRANCHES);
            sends.add(new Send(
                    CorrelationAddress.above(id, waiters.depth()),
                    new CorrelationMessage.Deserted(branch, waiters.takeAdopted()).form()));
        }
    }

    private Address below(int branch) {
        return CorrelationAddress.below(self.id(), waiters.depth(), branch);
    }

    List<Send> sends() {
        return sends;
    }

    /** Returns whether others wait than before. */
    boolean haveWaitersChanged() {
        return waitersChanged;
    }

    /** Returns which segments of early events have changed. */
    BitSet changedSegments() {
        return changedSegments;
    }
}
