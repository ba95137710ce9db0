package dev.weft.workflow.classic;

import dev.weft.config.Scalar;
import dev.weft.workflow.parts.Reading;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Another workflow, by its id: one of 0.8 has no namespace, and is in {@code default}; one of 1.0 is written
 * {@code namespace/name}.
 *
 * @param version null for the newest
 */
record WorkflowRef(String namespace, String name, @Nullable String version) {

    /** What has no namespace is in this one. */
    static final String NAMESPACE = "default";

    /** The version of a document that says none. */
    static final String UNSAID = "0.0.0";

    /** What is accepted as an id, ready to stand after the word "expected". */
    static final String ID_EXPECTED = "up to 63 letters, digits, and - _ . between them";

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9](?:[A-Za-z0-9._-]{0,61}[A-Za-z0-9])?");

    /** Returns the id, if it is one. */
    static Optional<String> id(String text) {
        return Optional.of(text).filter(it -> ID.matcher(it).matches());
    }

    /** Returns what an id means; that it is not known is a problem. */
    static WorkflowRef of(Scalar id, Optional<String> version, Reading reading) {
        int slash = id.text().indexOf('/');
        String namespace = slash < 0 ? NAMESPACE : id.text().substring(0, slash);
        String name = id.text().substring(slash + 1);
        Optional<String> full = version.map(WorkflowRef::semantic);
        reading.checkWorkflow(id, namespace, name, full);
        return new WorkflowRef(namespace, name, full.orElse(null));
    }

    /** Returns a version in three parts: {@code 1.0.0} for {@code 1} and {@code 1.0}. */
    static String semantic(String version) {
        return version.matches("\\d+") ? version + ".0.0" : version.matches("\\d+\\.\\d+") ? version + ".0" : version;
    }
}
