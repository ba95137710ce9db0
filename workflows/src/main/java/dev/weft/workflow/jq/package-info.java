/**
 * What does an expression of a workflow say about this data? Expressions in jq, templates with expressions in them, URI
 * templates and JSON schemas, each compiled once and then a function of its arguments alone; and which data is the
 * same. Start with {@link dev.weft.workflow.jq.Jq}. Knows nothing of tasks, of instances, and of where data comes from.
 *
 * <p>No node that goes in or comes out is ever changed, by anyone: what comes out shares its parts with what went in,
 * and with what comes out the next time.
 */
@NullMarked
package dev.weft.workflow.jq;

import org.jspecify.annotations.NullMarked;
