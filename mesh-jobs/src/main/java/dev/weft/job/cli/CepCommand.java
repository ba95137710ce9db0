package dev.weft.job.cli;

import picocli.CommandLine.Command;

/** {@code weft cep}: patterns over several events, without a job. */
@Command(
        name = "cep",
        description = "Try patterns over several events, with the engines that find them in a job. Starts nothing.",
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%nCommands:%n",
        footer = {
            "",
            "Examples:",
            "  weft cep test shop.yaml events.jsonl                    what the patterns find",
            "  weft cep test shop.yaml events.jsonl expected.yaml      whether it is what they should",
            "Why a pattern did not match: weft explain shop.yaml --pattern ID --key KEY --event events.jsonl"
        })
final class CepCommand extends CommandGroup {}
