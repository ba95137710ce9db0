/**
 * How does a task call the world? What is to be called is data ({@link dev.weft.workflow.call.CallRequest}): made where
 * the task runs, kept with the messages of the job, and carried out elsewhere, as often as it takes. Start with
 * {@link dev.weft.workflow.call.HttpCaller}, which carries it out. Secrets are named until then and looked up there;
 * knows nothing of instances, and of who waits for the outcome.
 */
@NullMarked
package dev.weft.workflow.call;

import org.jspecify.annotations.NullMarked;
