package dev.weft.workflow;

import java.util.List;

/** The standard errors of the specification, known by the last part of their type. */
public enum Errors {
    CONFIGURATION(400),
    VALIDATION(400),
    EXPRESSION(400),
    AUTHENTICATION(401),
    AUTHORIZATION(403),
    TIMEOUT(408),
    COMMUNICATION(500),
    RUNTIME(500);

    /** Below which the types of the specification are, up to 1.0.3 and since. */
    public static final List<String> BASES = List.of(
            "https://serverlessworkflow.io/spec/1.0.0/errors/",
            "https://open-workflow-specification.org/spec/1.0.0/errors/");

    private final int status;

    Errors(int status) {
        this.status = status;
    }

    public int status() {
        return status;
    }

    /** Returns its type. */
    public String type() {
        return BASES.get(0) + name().toLowerCase(java.util.Locale.ROOT);
    }
}
