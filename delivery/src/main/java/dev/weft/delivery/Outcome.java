package dev.weft.delivery;

import dev.weft.http.CallFailure;
import dev.weft.http.CallResult;
import dev.weft.http.HttpReply;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/** What a call's result means for a delivery. */
sealed interface Outcome {

    /** The target has the event. */
    record Delivered(HttpReply reply) implements Outcome {}

    /**
     * The target does not have it.
     *
     * @param again whether another try may help
     * @param ofTarget whether it tells that the target is in trouble, rather than this event
     * @param waitMillis how long the target asks to be left alone; 0 if it does not ask
     */
    record Failed(Failure failure, boolean again, boolean ofTarget, long waitMillis) implements Outcome {}

    /** Tells what a result means. */
    static Outcome of(CallResult result, RetryPolicy policy, long now) {
        if (result instanceof CallFailure failure) {
            boolean again = failure.kind() != CallFailure.Kind.FORBIDDEN_ADDRESS
                    && failure.kind() != CallFailure.Kind.TOO_LARGE;
            String detail = failure.kind().name().toLowerCase(Locale.ROOT).replace('_', ' ') + ": " + failure.detail();
            return new Failed(new Failure(0, detail, new byte[0]), again, again, 0);
        }
        HttpReply reply = (HttpReply) result;
        if (reply.isSuccess()) {
            return new Delivered(reply);
        }
        boolean again = policy.statuses().contain(reply.status());
        long wait = again
                ? reply.header("retry-after")
                        .map(value -> RetryAfter.millis(value, now))
                        .orElse(0L)
                : 0;
        boolean ofTarget = reply.status() >= 500 || reply.status() == 429 || reply.status() == 408;
        return new Failed(failure(reply, "answered " + reply.status()), again, ofTarget, wait);
    }

    /** Returns what is kept of an answer. */
    static Failure failure(HttpReply reply, String detail) {
        byte[] body = reply.body();
        String said = body.length == 0 ? "" : ": " + excerpt(body);
        return new Failure(
                reply.status(), detail + said, Arrays.copyOf(body, Math.min(body.length, Failure.LONGEST_BODY)));
    }

    private static String excerpt(byte[] body) {
        String text = new String(body, 0, Math.min(body.length, Failure.LONGEST_EXCERPT), StandardCharsets.UTF_8);
        return text.lines().findFirst().orElse("");
    }
}
