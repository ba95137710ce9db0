package dev.weft.job.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code weft state}: what a savepoint holds of stateful functions. */
@Command(
        name = "state",
        description = "Show what a savepoint, or a checkpoint that was kept, holds of stateful functions.",
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%nCommands:%n",
        footer = {
            "",
            "Examples:",
            "  weft state ls SAVEPOINT                                   which functions, and how much",
            "  weft state ls SAVEPOINT --type shop/cart                  of which ids",
            "  weft state get SAVEPOINT --type shop/cart --id alice      the values of one"
        })
final class StateCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** Without a command: says which there are. */
    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getErr());
        return ExitCodes.INPUT;
    }
}
