package dev.weft.route;

import dev.weft.filter.Rule;
import dev.weft.route.chain.Chain;
import dev.weft.route.transform.Transform;
import java.io.Serializable;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Every event of the channels {@code from} that the rule {@code where} wants is delivered to all channels {@code to}.
 *
 * @param name unique within a mesh
 * @param from names of the channels read, at least one
 * @param where which of their events; {@link Rule#everything()} where the route names no filter
 * @param transform what is delivered in its place; null where the event goes as it is. Null and not an Optional,
 *     because routes travel in the job graph
 * @param steps through which its events go before they are delivered; none, or no transform
 * @param to names of the channels written
 * @param push names of the targets delivered to; of both together, at least one
 */
public record Route(
        String name,
        List<String> from,
        Rule where,
        @Nullable Transform transform,
        Chain steps,
        List<String> to,
        List<String> push)
        implements Serializable {

    public Route {
        from = List.copyOf(from);
        to = List.copyOf(to);
        push = List.copyOf(push);
    }

    /** Makes a route that delivers events as they are. */
    public Route(String name, List<String> from, Rule where, List<String> to) {
        this(name, from, where, null, Chain.EMPTY, to, List.of());
    }

    /** Makes a route without steps. */
    public Route(String name, List<String> from, Rule where, @Nullable Transform transform, List<String> to) {
        this(name, from, where, transform, Chain.EMPTY, to, List.of());
    }

    /** Returns whether everything the route wants is delivered as it was read. */
    public boolean deliversAsItIs() {
        return transform == null && steps.steps().isEmpty();
    }

    /** Returns where its events end: the channels of {@code to}, then the targets. */
    public List<String> destinations() {
        return Stream.concat(to.stream(), push.stream()).toList();
    }

    /** Returns every channel the route may write, each once: those of {@code to}, then those of taps. */
    public List<String> writes() {
        Set<String> all = new LinkedHashSet<>(to);
        all.addAll(steps.taps());
        return List.copyOf(all);
    }
}
