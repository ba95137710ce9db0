package dev.weft.job.cli;

/** For whom a command prints. */
enum TextOrJson {
    /** For a person. */
    TEXT,
    /** For a script: one JSON document, or one a line. */
    JSON
}
