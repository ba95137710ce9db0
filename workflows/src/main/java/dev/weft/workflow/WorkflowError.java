package dev.weft.workflow;

import org.jspecify.annotations.Nullable;

/**
 * What went wrong, as RFC 7807 puts it.
 *
 * @param type a URI
 * @param instance the task's pointer
 * @param title in a few words; null for none
 * @param detail in words; never holds a secret; null for none
 */
public record WorkflowError(
        String type,
        int status,
        String instance,
        @Nullable String title,
        @Nullable String detail) {

    /** Makes one of the standard errors. */
    public static WorkflowError of(Errors error, String instance, String detail) {
        return new WorkflowError(error.type(), error.status(), instance, null, detail);
    }
}
