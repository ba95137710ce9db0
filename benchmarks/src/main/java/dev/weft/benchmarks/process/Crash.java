package dev.weft.benchmarks.process;

/** What a contender does when a thread of it fails. */
public final class Crash {

    private Crash() {}

    /** From now on ends the process once any thread fails: Flink's own threads would keep it alive, doing nothing. */
    public static void onAnyFailure() {
        Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> {
            failure.printStackTrace(System.err);
            Runtime.getRuntime().halt(1);
        });
    }
}
