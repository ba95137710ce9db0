package dev.weft.testkit.http;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a {@link ScriptedServer} does with a request it has read. */
public sealed interface Answer {

    /** An empty answer of that status. */
    static Reply status(int status) {
        return new Reply(status, Map.of(), new byte[0]);
    }

    /** An answer with text. */
    static Reply text(int status, String body) {
        return new Reply(status, Map.of(), body.getBytes(StandardCharsets.UTF_8));
    }

    /** The request is never answered; the connection stays open. */
    static Answer never() {
        return Silence.INSTANCE;
    }

    /** The connection is closed without an answer. */
    static Answer close() {
        return new Garbage(new byte[0]);
    }

    /** Bytes that are not HTTP, then the connection is closed. */
    static Answer garbage(byte[] bytes) {
        return new Garbage(bytes);
    }

    /** Half of the answer, then a reset of the connection. */
    static Answer resetAmid(Reply reply) {
        return new Reset(reply);
    }

    /** The same after a while. */
    default Answer after(Duration delay) {
        return new Delayed(delay, this);
    }

    /**
     * A whole answer.
     *
     * @param headers {@code content-length} is added
     * @param body nobody may write to it
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Reply(int status, Map<String, String> headers, byte[] body) implements Answer {

        /** The same with one more header. */
        public Reply with(String name, String value) {
            Map<String, String> more = new LinkedHashMap<>(headers);
            more.put(name, value);
            return new Reply(status, more, body);
        }

        /** The head at once, then the body piece by piece. */
        public Answer dripping(int bytesAtATime, Duration every) {
            return new Drip(this, bytesAtATime, every);
        }
    }

    /** The same as {@code then}, later. */
    record Delayed(Duration delay, Answer then) implements Answer {}

    /** A body that comes piece by piece. */
    record Drip(Reply reply, int bytesAtATime, Duration every) implements Answer {}

    /** Half of an answer, then a reset. */
    record Reset(Reply reply) implements Answer {}

    /** Bytes, then the end. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Garbage(byte[] bytes) implements Answer {}

    /** No answer. */
    enum Silence implements Answer {
        INSTANCE
    }
}
