package dev.weft.job.cli;

import picocli.CommandLine.Command;

/** {@code weft new}: projects to start from. */
@Command(
        name = "new",
        description = "Write a project to start from.",
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%nCommands:%n",
        footer = {
            "",
            "Examples:",
            "  weft new function order-counter --package com.shop",
            "  weft new workflow order-reminder --namespace shop"
        })
final class NewCommand extends CommandGroup {}
