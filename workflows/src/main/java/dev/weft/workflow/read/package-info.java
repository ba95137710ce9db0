/**
 * Which definition does this document mean? Reads the Serverless Workflow DSL 1.0.x, and hands documents of 0.8 on.
 * Start with {@link dev.weft.workflow.read.DefinitionReader}. Knows nothing of how instances run.
 */
@NullMarked
package dev.weft.workflow.read;

import org.jspecify.annotations.NullMarked;
