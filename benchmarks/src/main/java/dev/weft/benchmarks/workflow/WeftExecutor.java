package dev.weft.benchmarks.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weft.config.Problems;
import dev.weft.workflow.engine.Engine;
import dev.weft.workflow.engine.LifecycleLevel;
import dev.weft.workflow.engine.Limits;
import dev.weft.workflow.engine.Program;
import dev.weft.workflow.engine.Signal;
import dev.weft.workflow.engine.Surroundings;
import dev.weft.workflow.parts.Documents;
import dev.weft.workflow.read.DefinitionReader;
import java.nio.file.Path;
import java.util.Set;

/** The bare engine. */
final class WeftExecutor implements Executor {

    private static final Surroundings AROUND =
            new Surroundings(1_700_000_000_000L, System::nanoTime, LifecycleLevel.NONE, Limits.USUAL);

    private final Engine engine = new Engine();
    private final Program program;

    WeftExecutor(String document) {
        Problems problems = new Problems();
        program = DefinitionReader.read(
                        "order.yaml",
                        document,
                        Documents.beside(Path.of("order.yaml")),
                        Set.of(),
                        problems,
                        new Problems())
                .map(Program::of)
                .orElseThrow(() ->
                        new IllegalStateException(problems.inReadingOrder().toString()));
    }

    @Override
    public JsonNode run(long number, JsonNode input) {
        return engine.apply(program, null, new Signal.Start("order-" + number, input, null, null), AROUND)
                .next()
                .output()
                .orElseThrow();
    }

    @Override
    public void close() {
        // it holds nothing
    }
}
