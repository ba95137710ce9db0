package dev.weft.benchmarks.workflow;

import com.fasterxml.jackson.databind.JsonNode;

/** Who runs instances of one workflow. */
interface Executor extends AutoCloseable {

    /** Runs an instance from its start to its end, and returns its output. */
    JsonNode run(long number, JsonNode input) throws Exception;

    @Override
    void close();
}
