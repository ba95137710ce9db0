package dev.weft.job;

import dev.weft.function.FunctionType;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The stateful functions of a job.
 *
 * @param providers in the order of the file
 * @param ingress which events become messages; names are unique
 * @param raw which records become messages without being events; topics are unique, and none is a channel's
 * @param egress to which channel each egress writes, by the egress's name. Functions name the others
 *     {@code weft.channels/<name>}
 * @param rawEgress the names of egresses through which functions write records of any topic, as they are
 */
public record Functions(
        List<FunctionProvider> providers,
        List<Ingress> ingress,
        List<RawIngress> raw,
        Map<FunctionType, String> egress,
        Set<FunctionType> rawEgress) {

    /** A job without functions. */
    public static final Functions NONE = new Functions(List.of(), List.of(), List.of(), Map.of(), Set.of());

    public Functions {
        providers = List.copyOf(providers);
        ingress = List.copyOf(ingress);
        raw = List.copyOf(raw);
        egress = Collections.unmodifiableMap(new LinkedHashMap<>(egress));
        rawEgress = Collections.unmodifiableSet(new LinkedHashSet<>(rawEgress));
    }

    /** Returns the durable workflows, which are functions too. */
    public Optional<Workflows> workflows() {
        return providers.stream()
                .filter(FunctionProvider.Durable.class::isInstance)
                .map(provider -> ((FunctionProvider.Durable) provider).workflows())
                .findFirst();
    }

    /** Whether there are none. */
    public boolean isEmpty() {
        return providers.isEmpty();
    }
}
