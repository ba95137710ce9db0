package dev.weft.testkit.cluster;

import java.util.concurrent.CountDownLatch;

/** Says that it runs, and does until it is killed. */
final class WaitingProgram {

    static final String RUNS = "the program runs";

    private WaitingProgram() {}

    public static void main(String[] args) throws InterruptedException {
        System.out.println(RUNS);
        new CountDownLatch(1).await();
    }
}
