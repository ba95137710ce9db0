/**
 * What have documents of all dialects in common? Expressions with the variables they may use, spans of time, documents
 * beside the definition, the digest, and the checks of how a flow goes. Start with
 * {@link dev.weft.workflow.parts.Reading}. Knows nothing of how either dialect writes its tasks.
 */
@NullMarked
package dev.weft.workflow.parts;

import org.jspecify.annotations.NullMarked;
