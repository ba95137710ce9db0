package dev.weft.workflow.call;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weft.workflow.Errors;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One call over HTTP, with all its arguments and without secrets: data that can be kept, and carried out again. */
public final class CallRequest {

    private static final int VERSION = 1;
    private static final byte[] NO_TEXT = {};

    private final String idempotencyKey;
    private final String method;
    private final GuardedText uri;
    private final List<Header> headers;
    private final @Nullable GuardedText body;
    private final Answer answer;
    private final boolean redirect;
    private final @Nullable GuardedText authentication;

    /** What the task is given of an answer. */
    enum Answer {
        CONTENT,
        RAW,
        RESPONSE
    }

    record Header(String name, GuardedText value) {}

    /**
     * Makes one.
     *
     * @param redirect whether answers of 300 to 399 are good ones
     * @param authentication the policy, as JSON; null for none
     */
    CallRequest(
            String idempotencyKey,
            String method,
            GuardedText uri,
            List<Header> headers,
            @Nullable GuardedText body,
            Answer answer,
            boolean redirect,
            @Nullable GuardedText authentication) {
        this.idempotencyKey = idempotencyKey;
        this.method = method;
        this.uri = uri;
        this.headers = List.copyOf(headers);
        this.body = body;
        this.answer = answer;
        this.redirect = redirect;
        this.authentication = authentication;
    }

    /**
     * Makes a call of the arguments of a task.
     *
     * @param kind {@code http} or {@code openapi}
     * @param with the arguments, rendered with {@link SecretPlaceholder#secrets} for {@code $secrets}
     * @param resources documents that the arguments name, by their endpoints
     * @param idempotencyKey the same whenever the same call is made again
     * @throws CallMistake if the arguments make no call
     */
    public static CallRequest of(String kind, JsonNode with, Map<String, JsonNode> resources, String idempotencyKey)
            throws CallMistake {
        return switch (kind) {
            case "http" -> HttpArguments.request(with, idempotencyKey);
            case "openapi" -> HttpArguments.request(OpenApiArguments.http(with, resources), idempotencyKey);
            default -> throw new CallMistake(Errors.CONFIGURATION, "no calls of the kind " + kind + " are made");
        };
    }

    /** Returns the key by which whoever is called knows that it is the same call. */
    public String idempotencyKey() {
        return idempotencyKey;
    }

    String method() {
        return method;
    }

    GuardedText uri() {
        return uri;
    }

    List<Header> headers() {
        return headers;
    }

    @Nullable
    GuardedText body() {
        return body;
    }

    Answer answer() {
        return answer;
    }

    boolean takesRedirects() {
        return redirect;
    }

    @Nullable
    GuardedText authentication() {
        return authentication;
    }

    /** Returns the request as bytes, the first of which says how to read the others. */
    public byte[] form() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(VERSION);
            write(out, idempotencyKey);
            write(out, method);
            write(out, uri);
            out.writeInt(headers.size());
            for (Header header : headers) {
                write(out, header.name());
                write(out, header.value());
            }
            writeOptional(out, body);
            write(out, answer.name());
            out.writeBoolean(redirect);
            writeOptional(out, authentication);
        } catch (IOException e) {
            throw new UncheckedIOException("memory is always written to", e);
        }
        return bytes.toByteArray();
    }

    /**
     * Reads a request.
     *
     * @throws IOException if the bytes are not what {@link #form} makes
     */
    public static CallRequest read(byte[] form) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(form));
        int version = in.readUnsignedByte();
        if (version != VERSION) {
            throw new IOException("a call of form " + version + ", expected " + VERSION);
        }
        String idempotencyKey = text(in);
        String method = text(in);
        GuardedText uri = guarded(in);
        List<Header> headers = new ArrayList<>();
        for (int i = count(in); i > 0; i--) {
            headers.add(new Header(text(in), guarded(in)));
        }
        GuardedText body = in.readBoolean() ? guarded(in) : null;
        Answer answer = constant(Answer.class, in);
        boolean redirect = in.readBoolean();
        GuardedText authentication = in.readBoolean() ? guarded(in) : null;
        if (in.available() > 0) {
            throw new IOException("more than a call");
        }
        return new CallRequest(idempotencyKey, method, uri, headers, body, answer, redirect, authentication);
    }

    private static void write(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.isEmpty() ? NO_TEXT : text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static void write(DataOutputStream out, GuardedText text) throws IOException {
        write(out, text.escape().name());
        out.writeInt(text.secrets().size());
        write(out, text.texts().get(0));
        for (int i = 0; i < text.secrets().size(); i++) {
            write(out, text.secrets().get(i));
            write(out, text.texts().get(i + 1));
        }
    }

    private static void writeOptional(DataOutputStream out, @Nullable GuardedText text) throws IOException {
        out.writeBoolean(text != null);
        if (text != null) {
            write(out, text);
        }
    }

    private static String text(DataInputStream in) throws IOException {
        return new String(in.readNBytes(count(in)), StandardCharsets.UTF_8);
    }

    private static GuardedText guarded(DataInputStream in) throws IOException {
        GuardedText.Escape escape = constant(GuardedText.Escape.class, in);
        int count = count(in);
        List<String> texts = new ArrayList<>(List.of(text(in)));
        List<String> secrets = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            secrets.add(text(in));
            texts.add(text(in));
        }
        return new GuardedText(texts, secrets, escape);
    }

    /** Returns a number of bytes or of parts of which each takes some, so not more than there are bytes. */
    private static int count(DataInputStream in) throws IOException {
        int count = in.readInt();
        if (count < 0 || count > in.available()) {
            throw new IOException(count + " parts in " + in.available() + " bytes");
        }
        return count;
    }

    private static <E extends Enum<E>> E constant(Class<E> type, DataInputStream in) throws IOException {
        String name = text(in);
        try {
            return Enum.valueOf(type, name);
        } catch (IllegalArgumentException e) {
            throw new IOException("the constant " + name, e);
        }
    }

    /** Returns the call as it may be shown: without secrets. */
    @Override
    public String toString() {
        return method + " " + uri.shown();
    }
}
