/**
 * What is a workflow? A definition, as sealed types: the Serverless Workflow DSL 1.0.x, and what documents of 0.8 need
 * beyond it. Start with Definition. Knows nothing of how definitions are written down, of how instances run, and of
 * Flink.
 */
@NullMarked
package dev.weft.workflow;

import org.jspecify.annotations.NullMarked;
