package dev.weft.job.cli;

import picocli.CommandLine.Option;

/** {@code --output}: for whom a command prints. */
final class OutputOption {

    @Option(
            names = "--output",
            defaultValue = "text",
            paramLabel = "FORMAT",
            description = "text or json (default: ${DEFAULT-VALUE})")
    private Format format = Format.TEXT;

    private enum Format {
        TEXT,
        JSON
    }

    /** Whether to print for a script, one JSON document, or one a line; if not, for a person. */
    boolean isJson() {
        return format == Format.JSON;
    }
}
