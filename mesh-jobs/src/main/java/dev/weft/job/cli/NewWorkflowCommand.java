package dev.weft.job.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code weft new workflow}: a durable workflow to start from. */
@Command(
        name = "workflow",
        description = {
            "Write a durable workflow, with its scenarios and a job that runs it.",
            "It reminds of what got no answer within an hour, to be changed into what you need."
        },
        footer = {
            "",
            "Examples:",
            "  weft new workflow order-reminder --namespace shop",
            "  weft new workflow order-reminder --namespace shop --dir flows/reminder"
        })
final class NewWorkflowCommand implements Callable<Integer> {

    private static final String COMMAND = "weft new workflow";

    private final Shell shell;

    @Parameters(paramLabel = "NAME", description = "of the workflow: lower-case words with hyphens between them")
    private String name = "";

    @Option(
            names = "--namespace",
            paramLabel = "NAMESPACE",
            description = "of the workflow, with which the types of its events begin (default: ${DEFAULT-VALUE})")
    private String namespace = "example";

    @Option(names = "--dir", paramLabel = "FOLDER", description = "new or empty (default: the name)")
    private @Nullable Path folder;

    NewWorkflowCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws CommandFailure {
        NewFolder.refuseUnlessName(COMMAND, "NAME", name, "order-reminder");
        NewFolder.refuseUnlessName(COMMAND, "--namespace", namespace, "shop");
        Path target = folder == null ? Path.of(name) : folder;
        NewFolder.write(COMMAND, target, files());
        shell.say("Wrote a workflow and its job to " + target + ". Now:");
        shell.say("  cd " + target);
        shell.say("  weft workflow test " + name + ".scenarios.yaml");
        shell.say("  weft validate job.yaml");
        shell.say("  weft run job.yaml");
        return ExitCodes.OK;
    }

    private Map<String, String> files() {
        Map<String, String> values = Map.of("name", name, "namespace", namespace);
        Map<String, String> files = new LinkedHashMap<>();
        files.put(name + ".yaml", NewFolder.filled("workflow/workflow.yaml", values));
        files.put(name + ".scenarios.yaml", NewFolder.filled("workflow/scenarios.yaml", values));
        files.put("job.yaml", NewFolder.filled("workflow/job.yaml", values));
        files.put("README.md", NewFolder.filled("workflow/README.md", values));
        return files;
    }
}
