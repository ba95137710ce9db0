package dev.weft.cep.engine;

import dev.weft.cep.Pattern;
import dev.weft.cep.Pattern.Group;
import dev.weft.cep.Pattern.OnUpdate;
import dev.weft.cep.Pattern.Part;
import dev.weft.cep.Pattern.Step;
import dev.weft.cep.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Whether a version of a pattern can follow another that runs. */
public final class Succession {

    private Succession() {}

    /**
     * Returns what keeps {@code next} from following {@code running}, as problems of a config are told: a version that
     * does not grow, or partial matches to be kept that would mean something else. A pattern that is only switched on
     * or off, or that did not change, can always follow.
     */
    public static List<String> problems(Pattern running, Pattern next) {
        List<String> problems = new ArrayList<>();
        if (running.definition().equals(next.definition())) {
            return problems;
        }
        if (next.version() <= running.version()) {
            problems.add("pattern %s: found version %d, expected a version from %d: it is not what version %d was"
                    .formatted(next.id(), next.version(), running.version() + 1, running.version()));
        }
        if (next.onUpdate() == OnUpdate.KEEP && !canKeep(running, next)) {
            problems.add("pattern %s: found onUpdate: keep with other steps, times or kept fields than version %d has,"
                            .formatted(next.id(), running.version())
                    + " expected drop or drain: what began under the old version would be read as something else");
        }
        return problems;
    }

    /** Returns whether partial matches of one version mean the same in another. */
    static boolean canKeep(Pattern running, Pattern next) {
        return Shape.of(running) == Shape.of(next)
                && Objects.equals(running.partitionBy(), next.partitionBy())
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
