package dev.weft.workflow.call;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weft.function.remote.Excerpt;
import dev.weft.workflow.Errors;
import dev.weft.workflow.call.CallRequest.Answer;
import dev.weft.workflow.call.CallRequest.Header;
import dev.weft.workflow.call.GuardedText.Escape;
import dev.weft.workflow.jq.UriTemplate;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The arguments of {@code call: http} (DSL 1.0.3, "HTTP call"), and what is left open there: a body of text is sent as
 * it is, as {@code text/plain} where no header says otherwise; any other body is sent as JSON, or as a form where the
 * header {@code content-type} says so.
 */
final class HttpArguments {

    static final String FORM = "application/x-www-form-urlencoded";

    private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+"); // RFC 9110, section 5.6.2
    private static final Set<String> OWNED = Set.of(
            "host",
            "content-length",
            "transfer-encoding",
            "connection",
            "keep-alive",
            "te",
            "trailer",
            "upgrade",
            "expect",
            "proxy-connection",
            "http2-settings");

    private HttpArguments() {}

    static CallRequest request(JsonNode with, String idempotencyKey) throws CallMistake {
        JsonNode endpoint = with.path("endpoint");
        JsonNode uri = endpoint.isObject() ? endpoint.path("uri") : endpoint;
        List<Header> headers = headers(with.path("headers"));
        GuardedText body = body(with.path("body"), headers);
        JsonNode policy = endpoint.path("authentication");
        return new CallRequest(
                idempotencyKey,
                method(with.path("method")),
                uri(uri, with.path("query")),
                headers,
                body,
                answer(with.path("output")),
                with.path("redirect").asBoolean(false),
                policy.isObject() ? GuardedText.of(policy.toString(), Escape.JSON) : null);
    }

    private static String method(JsonNode method) throws CallMistake {
        String name = method.asText().toUpperCase(Locale.ROOT);
        if (!method.isTextual() || !TOKEN.matcher(name).matches() || name.equals("CONNECT")) {
            throw mistake("method", method, "the name of a method such as GET");
        }
        return name;
    }

    private static GuardedText uri(JsonNode address, JsonNode query) throws CallMistake {
        try {
            URI uri = new URI(address.asText());
            String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
            boolean fits = address.isTextual()
                    && (scheme.equals("http") || scheme.equals("https"))
                    && uri.getHost() != null
                    && uri.getPort() <= Origin.HIGHEST_PORT
                    && uri.getRawUserInfo() == null
                    && !SecretPlaceholder.isIn(uri.getRawAuthority());
            if (fits) {
                String text = address.textValue().split("#", 2)[0];
                return GuardedText.of(text + query(query, uri.getRawQuery() == null ? '?' : '&'), Escape.URI);
            }
        } catch (URISyntaxException e) {
            // said below
        }
        throw mistake("endpoint", address, "an http or https address with a host, without user and password");
    }

    private static String query(JsonNode query, char first) throws CallMistake {
        StringBuilder text = new StringBuilder();
        if (!query.isObject() && !isAbsent(query)) {
            throw mistake("query", query, "names with a value each");
        }
        for (var parameter : query.properties()) {
            for (String value : values("query." + parameter.getKey(), parameter.getValue())) {
                text.append(text.isEmpty() ? first : '&');
                UriTemplate.encode(parameter.getKey(), text);
                text.append('=');
                UriTemplate.encode(value, text);
            }
        }
        return text.toString();
    }

    private static List<Header> headers(JsonNode headers) throws CallMistake {
        List<Header> read = new ArrayList<>();
        if (!headers.isObject() && !isAbsent(headers)) {
            throw mistake("headers", headers, "names with a value each");
        }
        for (var header : headers.properties()) {
            String name = header.getKey().toLowerCase(Locale.ROOT);
            if (!TOKEN.matcher(name).matches() || OWNED.contains(name)) {
                throw new CallMistake(
                        Errors.CONFIGURATION, "headers: found " + Excerpt.of(name) + ", which a call cannot set");
            }
            for (String value : values("headers." + name, header.getValue())) {
                read.add(new Header(name, GuardedText.of(line(name, value), Escape.NONE)));
            }
        }
        return read;
    }

    private static String line(String name, String value) throws CallMistake {
        if (value.chars().anyMatch(c -> (c < ' ' && c != '\t') || c == 0x7f)) {
            throw new CallMistake(Errors.CONFIGURATION, "headers." + name + ": found more than one line of text");
        }
        return value;
    }

    private static @Nullable GuardedText body(JsonNode body, List<Header> headers) throws CallMistake {
        if (body.isMissingNode() || body.isNull()) {
            return null;
        }
        String type = headers.stream()
                .filter(header -> header.name().equals("content-type"))
                .map(header -> header.value().shown().toLowerCase(Locale.ROOT))
                .findFirst()
                .orElse("");
        if (body.isObject() && type.startsWith(FORM)) {
            String form = query(body, '&');
            return GuardedText.of(form.isEmpty() ? form : form.substring(1), Escape.URI);
        }
        if (type.isEmpty()) {
            String fitting = body.isTextual() ? "text/plain; charset=utf-8" : "application/json";
            headers.add(new Header("content-type", GuardedText.of(fitting, Escape.NONE)));
        }
        return body.isTextual()
                ? GuardedText.of(body.textValue(), Escape.NONE)
                : GuardedText.of(body.toString(), Escape.JSON);
    }

    private static Answer answer(JsonNode output) throws CallMistake {
        if (isAbsent(output)) {
            return Answer.CONTENT;
        }
        return switch (output.asText()) {
            case "content" -> Answer.CONTENT;
            case "raw" -> Answer.RAW;
            case "response" -> Answer.RESPONSE;
            default -> throw mistake("output", output, "one of content, raw, response");
        };
    }

    /** Returns the texts of a value, or of each of several. One that is null is not sent. */
    private static List<String> values(String name, JsonNode value) throws CallMistake {
        List<String> values = new ArrayList<>();
        for (JsonNode each : value.isArray() ? value : List.of(value)) {
            if (each.isContainerNode()) {
                throw mistake(name, each, "text, a number, a boolean, or an array of these");
            }
            if (!each.isNull()) {
                values.add(each.asText());
            }
        }
        return values;
    }

    private static boolean isAbsent(JsonNode node) {
        return node.isMissingNode() || node.isNull();
    }

    private static CallMistake mistake(String name, JsonNode found, String expected) {
        String shown = isAbsent(found)
                ? "nothing"
                : Excerpt.of(GuardedText.of(found.toString(), Escape.NONE).shown());
        return new CallMistake(Errors.CONFIGURATION, name + ": found " + shown + ", expected " + expected);
    }
}
