/**
 * What does a document of the Serverless Workflow specification 0.8 mean in terms of 1.0? Its states become tasks of
 * one scope, and what merges data becomes expressions. Start with {@link dev.weft.workflow.classic.ClassicReader}, and
 * with {@link dev.weft.workflow.classic.States} for what becomes of a state. Knows nothing of how instances run.
 */
@NullMarked
package dev.weft.workflow.classic;

import org.jspecify.annotations.NullMarked;
