package dev.weft.workflow.read;

import dev.weft.config.Field;
import dev.weft.config.Fields;
import dev.weft.config.Nearest;
import dev.weft.config.Node;
import dev.weft.config.Problem;
import dev.weft.config.Problems;
import dev.weft.config.Scalar;
import dev.weft.workflow.Then;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads where a flow goes on. Only tasks of the same list can be named. */
final class Thens {

    private final Problems problems;

    Thens(Problems problems) {
        this.problems = problems;
    }

    Optional<Then> optional(Fields fields, Place place) {
        return read(fields.optional("then"), place);
    }

    Optional<Then> required(Fields fields, Place place) {
        return read(fields.required("then"), place);
    }

    private Optional<Then> read(Field field, Place place) {
        List<String> accepted = new ArrayList<>(List.of("continue", "exit", "end"));
        accepted.addAll(place.siblings());
        return field.node(Nearest.list(accepted)).flatMap(at -> then(at, place, accepted));
    }

    private Optional<Then> then(Node at, Place place, List<String> accepted) {
        if (!(at instanceof Scalar scalar && scalar.value() instanceof String)) {
            problems.add(at, at.described(), Nearest.list(accepted));
            return Optional.empty();
        }
        String text = scalar.text();
        switch (text) {
            case "continue":
                return Optional.of(Then.CONTINUE);
            case "exit":
                return Optional.of(Then.EXIT);
            case "end":
                return Optional.of(Then.END);
            default:
                if (place.siblings().contains(text)) {
                    return Optional.of(new Then.To(text));
                }
                problems.add(new Problem(
                        at.at(),
                        at.path(),
                        "\"" + text + "\", which is no task of the same list",
                        Nearest.list(accepted),
                        Nearest.to(text, accepted)));
                return Optional.empty();
        }
    }
}
