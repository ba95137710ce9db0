package dev.weft.job.cli;

/** What the process answers to the shell that started it. */
final class ExitCodes {

    /** It worked. */
    static final int OK = 0;
    /** It did not work. */
    static final int FAILURE = 1;
    /** What was typed, or a file that was named, is wrong. */
    static final int INPUT = 2;

    private ExitCodes() {}
}
