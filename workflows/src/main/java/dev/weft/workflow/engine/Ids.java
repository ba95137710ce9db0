package dev.weft.workflow.engine;

import dev.weft.digest.Sha256;

/**
 * Ids of what instances do, as functions of the instance, the task and how often it was visited: the first 128 bits of
 * a SHA-256, in hex.
 */
final class Ids {

    private Ids() {}

    static String of(String instance, Op op, int visit) {
        return Sha256.id(Sha256.of(instance + '\n' + op.pointer + '\n' + visit));
    }

    /** Returns a number from 0 up to, but not including, the bound: the same each time. */
    static long below(long bound, String instance, Op op, int visit, int attempt) {
        byte[] hash = Sha256.of(instance + '\n' + op.pointer + '\n' + visit + '\n' + attempt);
        return Long.remainderUnsigned(Sha256.number(hash), bound);
    }
}
