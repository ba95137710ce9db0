package dev.weft.job.cli;

import picocli.CommandLine.Command;

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
final class StateCommand extends CommandGroup {}
