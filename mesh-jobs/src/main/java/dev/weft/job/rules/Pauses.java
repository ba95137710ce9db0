package dev.weft.job.rules;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What of a job stands still. Immutable: each method returns what does after it.
 *
 * @param all one for each part, in the order of the parts
 */
public record Pauses(List<Pause> all) implements Serializable {

    public static final Pauses NONE = new Pauses(List.of());

    /** Of several for one part, the last counts. */
    public Pauses {
        SortedMap<Part, Pause> sorted = new TreeMap<>();
        all.forEach(pause -> sorted.put(pause.part(), pause));
        all = List.copyOf(sorted.values());
    }

    /** Returns the names of what stands still, of that kind. */
    public Set<String> names(Part.Kind kind) {
        return all.stream()
                .map(Pause::part)
                .filter(part -> part.kind() == kind)
                .map(Part::name)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Returns the pause of a part; empty if it goes on. */
    public Optional<Pause> of(Part part) {
        return all.stream().filter(pause -> pause.part().equals(part)).findFirst();
    }

    /** Returns these and one more, unless its part stands still already. */
    Pauses with(Pause pause) {
        if (of(pause.part()).isPresent()) {
            return this;
        }
        List<Pause> more = new ArrayList<>(all);
        more.add(pause);
        return new Pauses(more);
    }

    /** Returns these without that part. */
    Pauses without(Part part) {
        return only(pause -> !pause.part().equals(part));
    }

    /** Returns those of parts that there are. */
    Pauses within(Collection<String> routes, Collection<String> targets) {
        return only(pause -> (pause.part().kind() == Part.Kind.ROUTE ? routes : targets)
                .contains(pause.part().name()));
    }

    private Pauses only(Predicate<Pause> wanted) {
        return new Pauses(all.stream().filter(wanted).toList());
    }
}
