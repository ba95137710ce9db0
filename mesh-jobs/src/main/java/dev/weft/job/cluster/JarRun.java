package dev.weft.job.cluster;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How an uploaded jar is to be started.
 *
 * @param jarId what {@link FlinkRest#uploadJar} answered
 * @param arguments the main method's arguments, passed one by one without quoting
 * @param savepoint the savepoint or retained checkpoint to restore from
 * @param allowNonRestoredState whether state of operators that no longer exist may be dropped
 * @param parallelism the job's default parallelism; the cluster's own when empty
 */
public record JarRun(
        String jarId,
        List<String> arguments,
        Optional<String> savepoint,
        boolean allowNonRestoredState,
        OptionalInt parallelism) {

    public JarRun {
        arguments = List.copyOf(arguments);
    }

    /** A first start, with the cluster's parallelism. */
    public static JarRun of(String jarId, List<String> arguments) {
        return new JarRun(jarId, arguments, Optional.empty(), false, OptionalInt.empty());
    }
}
