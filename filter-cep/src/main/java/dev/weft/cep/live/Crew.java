package dev.weft.cep.live;

import dev.weft.cep.Pattern.OnUpdate;
import dev.weft.cep.engine.PatternEngine;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The engines of a {@link Roster}, by the handles of its tenures. Immutable. */
public final class Crew {

    /** Sorted. Each event asks for its member several times. */
    private final long[] handles;

    private final List<Member> members;

    private Crew(Map<Long, Member> byHandle) {
        this.handles =
                byHandle.keySet().stream().mapToLong(Long::longValue).sorted().toArray();
        this.members = Arrays.stream(handles).mapToObj(byHandle::get).toList();
    }

    /** Returns one without anybody. */
    public static Crew none() {
        return new Crew(Map.of());
    }

    /** Returns that of a roster; the engines of tenures that this one has are not made again. */
    public Crew of(Roster roster) {
        Map<Long, Member> next = new HashMap<>();
        for (Tenure tenure : roster.tenures()) {
            Member before = member(tenure.handle());
            PatternEngine<?> engine = before == null ? PatternEngine.of(tenure.pattern()) : before.engine();
            next.put(tenure.handle(), new Member(tenure, engine, predecessors(tenure, roster)));
        }
        return new Crew(next);
    }

    /** Returns the handles of those whose partial matches the tenure goes on with. */
    private static List<Long> predecessors(Tenure tenure, Roster roster) {
        List<Long> handles = new ArrayList<>();
        for (Tenure other : roster.tenures()) {
            if (other.fate() == OnUpdate.KEEP
                    && other.until() == tenure.from()
                    && other.pattern().id().equals(tenure.pattern().id())) {
                handles.add(other.handle());
            }
        }
        return handles;
    }

    /** Returns the member of that handle, if there is one. */
    public @Nullable Member member(long handle) {
        int place = Arrays.binarySearch(handles, handle);
        return place < 0 ? null : members.get(place);
    }

    /** Returns who goes on with the partial matches of a tenure that has ended; null if nobody does. */
    @Nullable
    Member successorOf(Tenure ended) {
        if (ended.isOpen() || ended.fate() != OnUpdate.KEEP) {
            return null;
        }
        return members.stream()
                .filter(member -> member.predecessors().contains(ended.handle()))
                .findFirst()
                .orElse(null);
    }

    /**
     * A tenure and its engine.
     *
     * @param predecessors handles of the tenures whose partial matches it goes on with
     */
    public record Member(Tenure tenure, PatternEngine<?> engine, List<Long> predecessors) {}
}
