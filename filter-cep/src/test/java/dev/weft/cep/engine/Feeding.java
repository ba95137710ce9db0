package dev.weft.cep.engine;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/**
 * Feeds an engine as an operator does: events come out of order, a watermark comes now and then, and only then are the
 * events before it taken, in their order.
 */
final class Feeding<S> {

    private static final Key KEY = new Key("[\"k\"]", "k");

    private final PatternEngine<S> engine;
    private final boolean restores;
    private final long drainFrom;
    private final List<Sighting> waiting = new ArrayList<>();
    private final Told told = new Told();
    private S state;

    /**
     * @param restores whether the state is written and read after every event
     * @param drainFrom the time from which events begin no match
     */
    Feeding(PatternEngine<S> engine, boolean restores, long drainFrom) {
        this.engine = engine;
        this.restores = restores;
        this.drainFrom = drainFrom;
        this.state = engine.nothing();
    }

    /**
     * Feeds all events and lets the time pass to the end.
     *
     * @param lateness how far an event may be behind the latest before it
     */
    Told feed(List<Sighting> events, int lateness, double watermarks, long end, Random random) {
        List<Sighting> arriving = new ArrayList<>();
        record Arrival(Sighting seen, double at) {}
        events.stream()
                .map(seen -> new Arrival(seen, seen.event().time() + lateness * random.nextDouble()))
                .sorted(Comparator.comparingDouble(Arrival::at))
                .forEach(arrival -> arriving.add(arrival.seen()));
        long latest = Long.MIN_VALUE;
        for (Sighting seen : arriving) {
            waiting.add(seen);
            latest = Math.max(latest, seen.event().time());
            if (random.nextDouble() < watermarks) {
                watermark(latest - lateness - 1);
            }
            restore();
        }
        watermark(end - 1);
        return told;
    }

    S state() {
        return state;
    }

    private void watermark(long watermark) {
        List<Sighting> ready = waiting.stream()
                .filter(seen -> seen.event().time() <= watermark)
                .sorted(Comparator.comparing(Sighting::event, KeptEvent.ORDER))
                .toList();
        waiting.removeAll(ready);
        for (Sighting seen : ready) {
            if (seen.event().time() < drainFrom) {
                engine.onEvent(state, KEY, seen, told);
            } else {
                engine.drain(state, KEY, seen, told);
            }
            restore();
        }
        engine.onTime(state, KEY, watermark + 1, told);
    }

    private void restore() {
        if (!restores) {
            return;
        }
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            engine.write(state, new DataOutputStream(bytes));
            state = engine.isEmpty(state)
                    ? engine.nothing()
                    : engine.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
