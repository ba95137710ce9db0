package dev.weft.job.cli;

import picocli.CommandLine.Command;

/** {@code weft workflow}: instances of durable workflows. */
@Command(
        name = "workflow",
        description = "Test durable workflows; start instances, look at them, and change what they do.",
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%nCommands:%n",
        footer = {
            "",
            "Examples, without any mesh:",
            "  weft workflow test order.scenarios.yaml",
            "In the mesh that runs on this machine:",
            "  weft workflow start order --input '{\"order\": \"o-17\"}' --await",
            "  weft workflow list --status faulted",
            "  weft workflow get 5f0c6e0bd0f64d0c97bd3c7a4ab8f4a1",
            "  weft workflow cancel --all --definition order:1.0.0",
            "To any Kafka: --config shop.yaml"
        })
final class WorkflowCommand extends CommandGroup {}
