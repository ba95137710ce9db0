package dev.weft.job.cli;

import picocli.CommandLine.Command;

/** {@code weft import}: the rules of another system as routes. */
@Command(
        name = "import",
        description = {
            "Say the rules of another system as routes of a job config.",
            "What was changed and why is told on the standard error, with file, line and column."
        },
        synopsisSubcommandLabel = "SYSTEM",
        commandListHeading = "%nSystems:%n",
        footer = {
            "",
            "Examples:",
            "  weft import eventbridge rule.json",
            "  weft import knative triggers.yaml --job shop --output shop.yaml",
            "",
            "Exit codes: 0 the result was written; 1 some of the source cannot be carried over, and nothing",
            "was written (--partial writes the rest); 2 what was typed or a file that was named is wrong."
        })
final class ImportCommand extends CommandGroup {}
