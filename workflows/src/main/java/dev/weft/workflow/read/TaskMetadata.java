package dev.weft.workflow.read;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weft.config.Fields;
import dev.weft.config.Mapping;
import dev.weft.config.Node;
import dev.weft.config.Problems;
import dev.weft.config.Scalar;
import dev.weft.workflow.Metadata;
import dev.weft.workflow.jq.Literals;
import java.util.Optional;

/**
 * The metadata of a task, of which some say something to Weft.
 *
 * @param compensate the name of the function that takes the task back
 */
record TaskMetadata(Metadata all, Optional<Scalar> compensate) {

    static TaskMetadata read(Fields fields, Problems problems) {
        Optional<Node> at = fields.optional("metadata").node("a mapping");
        if (at.isPresent() && !(at.get() instanceof Mapping)) {
            problems.add(at.get(), at.get().described(), "a mapping");
        }
        if (at.isEmpty() || !(at.get() instanceof Mapping mapping)) {
            return new TaskMetadata(Metadata.NONE, Optional.empty());
        }
        // Whatever else stands there is for others, so the fields are not closed.
        Fields metadata = Fields.of(mapping, problems);
        metadata.optional("since").oneOf(Since.class);
        metadata.optional("compensateWith").oneOf(CompensateWith.class);
        Optional<Scalar> compensate = metadata.optional("compensate").text().map(text ->
                (Scalar) mapping.members().get("compensate"));
        return new TaskMetadata(new Metadata((ObjectNode) Literals.json(mapping)), compensate);
    }

    /** Which data the function gets that takes a task back: see the engine's policies. */
    private enum CompensateWith {
        OUTPUT,
        INPUT,
        CURRENT
    }

    /** From when on events count for a {@code listen}. */
    private enum Since {
        START,
        LISTEN
    }
}
