package dev.weft.workflow.read;

import dev.weft.config.Fields;
import dev.weft.config.Problems;
import dev.weft.workflow.Body;
import dev.weft.workflow.jq.Template;
import dev.weft.workflow.parts.Reading;
import java.util.List;
import java.util.Optional;

/** Reads tasks that run another workflow. Processes beside the job are refused. */
final class RunReading {

    private static final List<String> PROCESSES = List.of("container", "script", "shell");

    private final Reading reading;
    private final Problems problems;

    RunReading(Reading reading) {
        this.reading = reading;
        this.problems = reading.problems();
    }

    Optional<Body> read(Fields fields, Place place) {
        return fields.required("run").fields().flatMap(run -> {
            for (String process : PROCESSES) {
                if (run.has(process)) {
                    problems.add(
                            run.keyAt(process),
                            run.path(process),
                            "run " + process,
                            "run workflow, or call: Weft runs no programs beside its own, as they would share its"
                                    + " machine and its rights");
                    return Optional.empty();
                }
            }
            boolean await = run.optional("await").flag().orElse(true);
            if (run.has("return")) {
                run.optional("return");
                problems.add(
                        run.keyAt("return"), run.path("return"), "return of a workflow", "return of a process only");
            }
            Optional<Body> body = run.required("workflow").fields().flatMap(it -> workflow(it, await, place));
            run.close();
            return body;
        });
    }

    private Optional<Body> workflow(Fields workflow, boolean await, Place place) {
        Optional<String> namespace = workflow.required("namespace").text();
        Optional<String> name = workflow.required("name").text();
        Optional<String> version = workflow.optional("version").text().filter(it -> !it.equals("latest"));
        Optional<Template> input = workflow.has("input")
                ? workflow.optional("input")
                        .node("an object, or an expression")
                        .flatMap(at -> reading.expressions()
                                .transformation(at, place.locals().body()))
                : Optional.of(reading.expressions().identity(workflow.node()));
        workflow.close();
        if (namespace.isEmpty() || name.isEmpty() || input.isEmpty()) {
            return Optional.empty();
        }
        workflow.required("name")
                .node("")
                .ifPresent(at -> reading.checkWorkflow(at, namespace.get(), name.get(), version));
        return Optional.of(new Body.RunWorkflow(namespace.get(), name.get(), version.orElse(null), input.get(), await));
    }
}
