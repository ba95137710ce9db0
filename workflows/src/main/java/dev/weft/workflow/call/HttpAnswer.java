package dev.weft.workflow.call;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.weft.function.remote.Excerpt;
import dev.weft.http.CallFailure;
import dev.weft.http.CallFailure.Kind;
import dev.weft.http.CallResult;
import dev.weft.http.HttpHeader;
import dev.weft.http.HttpReply;
import dev.weft.workflow.Errors;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Base64;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an answer means for the task (DSL 1.0.3, "HTTP call"). An answer outside of 200 to 299, or to 399 where
 * redirects are taken, is an error {@code communication} with the status of the answer; so is no answer, with 500.
 *
 * <p>Content is read by its type: JSON as such, what else is text as text, and all else as base64.
 */
final class HttpAnswer {

    /** Numbers with a fraction keep every digit, as in events. */
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .nodeFactory(JsonNodeFactory.withExactBigDecimals(true))
            .build();

    private static final Pattern CHARSET = Pattern.compile("(?i);\\s*charset\\s*=\\s*\"?([^\";\\s]+)");
    private static final Pattern TEXT =
            Pattern.compile("text/.*|application/(.*\\+)?(xml|yaml|x-yaml|javascript|graphql|x-www-form-urlencoded)");

    private HttpAnswer() {}

    static CallOutcome outcome(CallRequest request, CallResult result) {
        if (result instanceof CallFailure failure) {
            return failed(request, failure);
        }
        HttpReply reply = (HttpReply) result;
        boolean fits = reply.status() >= 200 && reply.status() < (request.takesRedirects() ? 400 : 300);
        if (!fits) {
            String body = Excerpt.of(reply.body());
            return CallOutcome.failed(
                    Errors.COMMUNICATION,
                    reply.status(),
                    request + " answers " + reply.status() + (body.isEmpty() ? "" : ": " + body));
        }
        try {
            return CallOutcome.of(
                    switch (request.answer()) {
                        case RAW -> base64(reply);
                        case CONTENT -> content(reply);
                        case RESPONSE -> response(request, reply);
                    });
        } catch (IOException e) {
            return CallOutcome.failed(
                    Errors.COMMUNICATION,
                    request + " answers " + reply.status() + " with JSON that is none: " + Excerpt.of(reply.body()));
        }
    }

    private static CallOutcome failed(CallRequest request, CallFailure failure) {
        if (failure.kind() == Kind.FORBIDDEN_ADDRESS) {
            return CallOutcome.failed(Errors.AUTHORIZATION, request + ": " + failure.detail());
        }
        return CallOutcome.failed(Errors.COMMUNICATION, request + ": " + failure.detail());
    }

    private static ObjectNode response(CallRequest request, HttpReply reply) throws IOException {
        ObjectNode response = JSON.createObjectNode();
        ObjectNode asked = response.putObject("request");
        asked.put("method", request.method());
        asked.put("uri", request.uri().shown());
        ObjectNode askedHeaders = asked.putObject("headers");
        request.headers()
                .forEach(header ->
                        add(askedHeaders, header.name(), header.value().shown()));
        response.put("statusCode", reply.status());
        ObjectNode headers = response.putObject("headers");
        for (HttpHeader header : reply.headers()) {
            add(headers, header.name().toLowerCase(Locale.ROOT), header.value());
        }
        response.set("content", content(reply));
        return response;
    }

    /** Several headers of one name are one, as RFC 9110, section 5.3, has it. */
    private static void add(ObjectNode headers, String name, String value) {
        JsonNode before = headers.get(name);
        headers.put(name, before == null ? value : before.textValue() + ", " + value);
    }

    private static JsonNode content(HttpReply reply) throws IOException {
        if (reply.body().length == 0) {
            return NullNode.getInstance();
        }
        String type = reply.header("content-type").orElse("");
        String media = type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        if (media.equals("application/json") || media.endsWith("+json") || media.equals("text/json")) {
            try {
                return JSON.readTree(reply.body());
            } catch (StackOverflowError e) {
                throw new IOException("nested too deeply", e);
            } catch (NumberFormatException e) {
                throw new IOException("a number that is none", e); // such as 1e99999999999, of which Jackson says so
            }
        }
        return TEXT.matcher(media).matches() ? new TextNode(new String(reply.body(), charset(type))) : base64(reply);
    }

    private static Charset charset(String type) {
        Matcher charset = CHARSET.matcher(type);
        try {
            return charset.find() ? Charset.forName(charset.group(1)) : StandardCharsets.UTF_8;
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            return StandardCharsets.UTF_8;
        }
    }

    private static TextNode base64(HttpReply reply) {
        return new TextNode(Base64.getEncoder().encodeToString(reply.body()));
    }
}
