package dev.weft.workflow;

import dev.weft.workflow.jq.Template;
import java.time.Duration;

/** How long something takes: known when the document is read, or only when it is needed. */
public sealed interface Span {

    /** Known. Never negative. */
    record Fixed(Duration duration) implements Span {}

    /**
     * To be computed.
     *
     * @param text renders to an ISO-8601 duration, or to an object such as {@code {minutes: 5}}
     */
    record Computed(Template text) implements Span {}
}
