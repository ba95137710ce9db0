package dev.weft.workflow.call;

import dev.weft.workflow.WorkflowError;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The secrets a call was made with, so that its errors can be kept free of them. Safe for use by several threads. */
final class Disclosed implements Secrets {

    /** Shorter ones are found in every text. */
    private static final int SHORTEST = 4;

    private final Secrets secrets;
    private final Set<String> used = ConcurrentHashMap.newKeySet();

    Disclosed(Secrets secrets) {
        this.secrets = secrets;
    }

    @Override
    public String get(String name) {
        String secret = secrets.get(name);
        add(secret);
        return secret;
    }

    void add(String secret) {
        used.add(secret);
    }

    /** Returns the outcome, its error with stars where a secret stood. */
    CallOutcome hiddenIn(CallOutcome outcome) {
        WorkflowError error = outcome.error();
        return error == null
                ? outcome
                : new CallOutcome(
                        null,
                        new WorkflowError(
                                error.type(), error.status(), error.instance(), error.title(), hidden(error.detail())));
    }

    private @Nullable String hidden(@Nullable String text) {
        String hidden = text;
        for (String secret : used) {
            if (hidden != null && secret.length() >= SHORTEST) {
                hidden = hidden.replace(secret, "***");
            }
        }
        return hidden;
    }
}
