package dev.weft.job.cli;

import dev.weft.job.imports.KnativeImport;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code weft import knative}: Triggers of Knative Eventing. */
@Command(
        name = "knative",
        description = {
            "Import Triggers of Knative Eventing.",
            "Takes manifests of Kubernetes, several in a file or a List; what else is in them is left aside, and said."
        },
        footer = {
            "",
            "Examples:",
            "  weft import knative trigger.yaml",
            "  kubectl get triggers -o yaml | weft import knative - --job shop --output shop.yaml"
        })
final class ImportKnativeCommand implements Callable<Integer> {

    private final Shell shell;

    @Mixin
    private ImportOptions options = new ImportOptions();

    ImportKnativeCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws CommandFailure {
        return options.run(shell, KnativeImport::read);
    }
}
