package dev.weft.cep.engine;

import dev.weft.cep.Pattern;
import dev.weft.cep.Pattern.Group;
import dev.weft.cep.Pattern.OnUpdate;
import dev.weft.cep.Pattern.Part;
import dev.weft.cep.Pattern.Step;
import dev.weft.config.Node;
import dev.weft.config.Problems;
import java.util.List;
import java.util.Objects;

/** Whether a version of a pattern can follow another that runs. */
public final class Succession {

    private Succession() {}

    /**
     * Reports what keeps {@code next} from following {@code running}: a version that does not grow, or partial matches
     * to be kept that would mean something else.
     *
     * @param at where the next version is written
     */
    public static void check(Pattern running, Pattern next, Node at, Problems problems) {
        if (next.version() <= running.version()) {
            problems.add(
                    at,
                    "version " + next.version() + " of the pattern \"" + next.id() + "\", of which version "
                            + running.version() + " runs",
                    "a version from " + (running.version() + 1));
        }
        if (next.onUpdate() != OnUpdate.KEEP) {
            return;
        }
        if (!canKeep(running, next)) {
            problems.add(
                    at,
                    "onUpdate: keep of the pattern \"" + next.id()
                            + "\", whose steps, times or kept fields are not those" + " of version "
                            + running.version(),
                    "drop or drain: what began under the old version would be read as something else");
        }
    }

    /** Returns whether partial matches of one version mean the same in another. */
    static boolean canKeep(Pattern running, Pattern next) {
        return Objects.equals(running.partitionBy(), next.partitionBy())
                && running.within().equals(next.within())
                && forms(running.sequence()).equals(forms(next.sequence()))
                && Kept.of(running).equals(Kept.of(next));
    }

    private static List<Form> forms(List<Part> parts) {
        return parts.stream().map(Succession::form).toList();
    }

    private static Form form(Part part) {
        if (part instanceof Step step) {
            return new Form(
                    List.of(step.name(), step.contiguity(), step.absent(), step.times(), step.repeat(), step.greedy()),
                    step.optional(),
                    String.valueOf(step.within()),
                    List.of());
        }
        Group group = (Group) part;
        return new Form(List.of(group.contiguity(), group.times()), group.optional(), "", forms(group.sequence()));
    }

    /** What partial matches depend on: not the conditions, which may change. */
    private record Form(List<Object> shape, boolean optional, String within, List<Form> inner) {}
}
