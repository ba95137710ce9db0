package dev.weft.cep.engine;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The binary form of {@link Runs}: a byte with its version; how many events were looked at, which was the last, the
 * deadline, when what must be absent was last seen; every event once with its position; every link as places among the
 * links before it and the events; every place as its spots; then each run as a link, a place, what it waits for, and
 * whether it is complete, and each match that is held as a link and a time. What was written by an older version is
 * read by every newer one.
 */
final class RunsForm {

    static final int VERSION = 1;

    private final Automaton automaton;
    private final long within;

    RunsForm(Automaton automaton, long within) {
        this.automaton = automaton;
        this.within = within;
    }

    void write(Runs state, DataOutput out) throws IOException {
        out.writeByte(VERSION);
        out.writeLong(state.looked);
        out.writeLong(state.latest);
        out.writeLong(state.deadline);
        out.writeInt(state.lastSeen.length);
        for (long time : state.lastSeen) {
            out.writeLong(time);
        }
        Map<Link, Integer> links = links(state);
        writeLinks(links, writeEvents(links, out), out);
        Map<Place, Integer> places = writePlaces(state, out);
        out.writeInt(state.runs.size());
        for (Run run : state.runs) {
            out.writeInt(number(links, run.link));
            out.writeInt(number(places, run.place));
            out.writeLong(run.waiting);
            out.writeBoolean(run.complete);
        }
        out.writeInt(state.held.size());
        for (Held match : state.held) {
            out.writeInt(number(links, match.link()));
            out.writeLong(match.time());
        }
    }

    /** Returns all links with their numbers, each behind the one before it. */
    private static Map<Link, Integer> links(Runs state) {
        Set<Link> all = new LinkedHashSet<>();
        state.runs.forEach(run -> add(run.link, all));
        state.held.forEach(match -> add(match.link(), all));
        Map<Link, Integer> numbers = new LinkedHashMap<>();
        all.forEach(link -> numbers.put(link, numbers.size()));
        return numbers;
    }

    private static void add(Link last, Set<Link> all) {
        List<Link> missing = new ArrayList<>();
        for (Link link = last; link != null && !all.contains(link); link = link.before()) {
            missing.add(0, link);
        }
        all.addAll(missing);
    }

    private static Map<Long, Integer> writeEvents(Map<Link, Integer> links, DataOutput out) throws IOException {
        TreeMap<Long, Taken> events = new TreeMap<>();
        links.keySet().forEach(link -> events.put(link.event().position(), link.event()));
        Map<Long, Integer> numbers = new TreeMap<>();
        out.writeInt(events.size());
        for (Taken taken : events.values()) {
            numbers.put(taken.position(), numbers.size());
            out.writeLong(taken.position());
            KeptEventForm.write(taken.event(), out);
        }
        return numbers;
    }

    private static void writeLinks(Map<Link, Integer> links, Map<Long, Integer> events, DataOutput out)
            throws IOException {
        out.writeInt(links.size());
        for (Link link : links.keySet()) {
            Link before = link.before();
            out.writeInt(before == null ? -1 : number(links, before));
            out.writeByte(link.step());
            out.writeInt(number(events, link.event().position()));
        }
    }

    private static Map<Place, Integer> writePlaces(Runs state, DataOutput out) throws IOException {
        Map<Place, Integer> numbers = new IdentityHashMap<>();
        List<Place> places = new ArrayList<>();
        for (Run run : state.runs) {
            if (numbers.putIfAbsent(run.place, places.size()) == null) {
                places.add(run.place);
            }
        }
        out.writeInt(places.size());
        for (Place place : places) {
            out.writeInt(place.spots.size());
            for (Spot spot : place.spots) {
                out.writeByte(spot.step());
                out.writeByte(spot.counts().size());
                for (int count : spot.counts()) {
                    out.writeInt(count);
                }
            }
        }
        return numbers;
    }

    private static <T> int number(Map<T, Integer> numbers, T of) {
        Integer number = numbers.get(of);
        if (number == null) {
            throw new IllegalStateException("not written: " + of);
        }
        return number;
    }

    Runs read(DataInput in) throws IOException {
        int version = in.readUnsignedByte();
        if (version != VERSION) {
            throw new IOException("runs of version " + version + ", which this release cannot read");
        }
        long looked = in.readLong();
        long latest = in.readLong();
        long deadline = in.readLong();
        Runs state = new Runs(in.readInt());
        state.looked = looked;
        state.latest = latest;
        state.deadline = deadline;
        for (int i = 0; i < state.lastSeen.length; i++) {
            state.lastSeen[i] = in.readLong();
        }
        List<Link> links = readLinks(in);
        List<Place> places = readPlaces(in);
        for (int left = in.readInt(); left > 0; left--) {
            Link link = links.get(in.readInt());
            Place place = places.get(in.readInt());
            state.runs.add(new Run(link, place, in.readLong(), in.readBoolean(), within));
        }
        for (int left = in.readInt(); left > 0; left--) {
            state.held.add(new Held(links.get(in.readInt()), in.readLong()));
        }
        return state;
    }

    private static List<Link> readLinks(DataInput in) throws IOException {
        List<Taken> events = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            events.add(new Taken(in.readLong(), KeptEventForm.read(in)));
        }
        List<Link> links = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            int before = in.readInt();
            int step = in.readUnsignedByte();
            links.add(Link.of(before < 0 ? null : links.get(before), step, events.get(in.readInt())));
        }
        return links;
    }

    private List<Place> readPlaces(DataInput in) throws IOException {
        List<Place> places = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            Set<Spot> spots = new LinkedHashSet<>();
            for (int more = in.readInt(); more > 0; more--) {
                int step = in.readUnsignedByte();
                List<Integer> counts = new ArrayList<>();
                for (int count = in.readUnsignedByte(); count > 0; count--) {
                    counts.add(in.readInt());
                }
                spots.add(new Spot(step, counts));
            }
            places.add(automaton.place(spots));
        }
        return places;
    }
}
