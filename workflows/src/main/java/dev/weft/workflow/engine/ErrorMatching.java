package dev.weft.workflow.engine;

import dev.weft.workflow.Body.ErrorMatch;
import dev.weft.workflow.Errors;
import dev.weft.workflow.WorkflowError;
import java.net.URI;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Which errors a {@code catch} means. */
final class ErrorMatching {

    private static final String COMPENSATION = "/errors/compensation";

    private ErrorMatching() {}

    static boolean matches(ErrorMatch match, WorkflowError error) {
        return (match.type() == null || sameType(match.type(), error.type()))
                && (match.status() == null || match.status() == error.status())
                && agrees(match.instance(), error.instance())
                && agrees(match.title(), error.title())
                && agrees(match.detail(), error.detail());
    }

    /** Returns whether the error is one that asks for compensation. */
    static boolean asksForCompensation(WorkflowError error) {
        return error.type().endsWith(COMPENSATION);
    }

    /**
     * Returns whether they mean the same. Types of the specification have moved from host to host and path to path; the
     * last part of them stayed.
     */
    static boolean sameType(String one, String other) {
        if (one.equals(other)) {
            return true;
        }
        String standard = standardName(one);
        return standard != null && standard.equals(standardName(other));
    }

    private static @Nullable String standardName(String type) {
        int slash = type.lastIndexOf('/');
        String name = type.substring(slash + 1);
        try {
            Errors.valueOf(name.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            return null;
        }
        return isOfTheSpecification(type) ? name : null;
    }

    private static boolean isOfTheSpecification(String type) {
        for (String base : Errors.BASES) {
            if (type.startsWith("https://" + URI.create(base).getHost() + "/")) {
                return true;
            }
        }
        return false;
    }

    private static boolean agrees(@Nullable String wanted, @Nullable String found) {
        return wanted == null || Objects.equals(wanted, found);
    }
}
