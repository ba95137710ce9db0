package dev.weft.scale.kafka;

import dev.weft.scale.lag.Reading;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.apache.kafka.common.KafkaFuture;

/** When to stop waiting for a cluster, however many questions it was asked. */
final class Deadline {

    private final String who;
    private final Duration patience;
    private final long at;

    Deadline(String who, Duration patience) {
        this.who = who;
        this.patience = patience;
        this.at = System.nanoTime() + patience.toNanos();
    }

    /** Returns what is left, in milliseconds; at least 1, because clients read 0 as "at once" or "for ever". */
    int leftMs() {
        return (int) Math.max(1, TimeUnit.NANOSECONDS.toMillis(at - System.nanoTime()));
    }

    boolean isPast() {
        return System.nanoTime() - at >= 0;
    }

    /** Waits for an answer; one that is there is taken even after the deadline. */
    <T> Reading<T> await(KafkaFuture<T> answer) {
        return await(answer, this::refused);
    }

    /**
     * Waits for an answer.
     *
     * @param failed what to make of a failure the cluster told
     */
    <T> Reading<T> await(KafkaFuture<T> answer, Function<Throwable, Reading<T>> failed) {
        try {
            return new Reading.Known<>(answer.get(isPast() ? 0 : leftMs(), TimeUnit.MILLISECONDS));
        } catch (ExecutionException e) {
            return failed.apply(e.getCause() == null ? e : e.getCause());
        } catch (TimeoutException e) {
            return new Reading.Unknown<>(silence());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Reading.Unknown<>("the scaler is stopping");
        }
    }

    /** Returns what a failure means that is no answer. */
    <T> Reading<T> refused(Throwable cause) {
        return new Reading.Unknown<>(
                cause instanceof org.apache.kafka.common.errors.TimeoutException
                        ? silence()
                        : "%s says: %s".formatted(who, said(cause)));
    }

    /** Returns the words for a cluster that does not answer. */
    String silence() {
        return "%s did not answer within %s".formatted(who, words(patience));
    }

    /** Returns what went wrong in one sentence. */
    static String said(Throwable cause) {
        String message = cause.getMessage();
        return message == null || message.isBlank() ? cause.getClass().getSimpleName() : message;
    }

    private static String words(Duration duration) {
        return duration.toMillis() % 1000 == 0 ? duration.toSeconds() + " s" : duration.toMillis() + " ms";
    }
}
