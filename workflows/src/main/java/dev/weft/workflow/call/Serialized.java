package dev.weft.workflow.call;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weft.workflow.Errors;
import dev.weft.workflow.jq.UriTemplate;
import java.util.ArrayList;
import java.util.List;

/**
 * Parameters of an operation, written as its description says: the styles {@code simple}, {@code form},
 * {@code spaceDelimited}, {@code pipeDelimited} and {@code deepObject} of OpenAPI 3, the collection formats of Swagger
 * 2.0.
 */
final class Serialized {

    private final StringBuilder query = new StringBuilder();
    private final ObjectNode headers = JsonNodeFactory.instance.objectNode();
    private String path;

    Serialized(String path) {
        this.path = path;
    }

    String path() {
        return path;
    }

    /** Returns the query with its question mark, or nothing. */
    String query() {
        return query.toString();
    }

    ObjectNode headers() {
        return headers;
    }

    void add(JsonNode parameter, JsonNode value) throws CallMistake {
        String name = parameter.path("name").asText();
        JsonNode written = parameter.has("content") ? JsonNodeFactory.instance.textNode(value.toString()) : value;
        switch (parameter.path("in").asText()) {
            case "path" -> path = path.replace("{" + name + "}", joined(name, parts(name, written), ","));
            case "query" -> addToQuery(name, parameter, written);
            case "header" -> headers.put(name, String.join(",", parts(name, written)));
            case "cookie" -> addCookie(name, String.join(",", parts(name, written)));
            default ->
                throw new CallMistake(
                        Errors.CONFIGURATION,
                        "the parameter " + name + " is in "
                                + parameter.path("in").asText() + ", which is not known");
        }
    }

    private void addCookie(String name, String value) {
        JsonNode before = headers.get("cookie");
        String cookie = name + "=" + value;
        headers.put("cookie", before == null ? cookie : before.textValue() + "; " + cookie);
    }

    private void addToQuery(String name, JsonNode parameter, JsonNode value) throws CallMistake {
        String style = parameter.path("style").asText("form");
        boolean ofSwagger = parameter.has("collectionFormat") || parameter.has("type");
        boolean explodes = ofSwagger
                ? parameter.path("collectionFormat").asText().equals("multi")
                : parameter.path("explode").asBoolean(style.equals("form"));
        if (style.equals("deepObject") && value.isObject()) {
            for (var member : value.properties()) {
                append(name + "[" + member.getKey() + "]", encoded(text(name, member.getValue())));
            }
        } else if (value.isObject() && explodes) {
            for (var member : value.properties()) {
                append(member.getKey(), encoded(text(name, member.getValue())));
            }
        } else if (value.isArray() && explodes) {
            for (JsonNode item : value) {
                append(name, encoded(text(name, item)));
            }
        } else {
            append(name, joined(name, parts(name, value), separator(parameter, style)));
        }
    }

    private static String separator(JsonNode parameter, String style) {
        return switch (parameter.path("collectionFormat").asText(style)) {
            case "ssv", "spaceDelimited" -> "%20";
            case "tsv" -> "%09";
            case "pipes", "pipeDelimited" -> "%7C";
            default -> ",";
        };
    }

    private void append(String name, String encodedValue) {
        query.append(query.isEmpty() ? '?' : '&')
                .append(encoded(name))
                .append('=')
                .append(encodedValue);
    }

    /** Returns one text, or those of an array, or names and values of an object in turn. */
    private static List<String> parts(String name, JsonNode value) throws CallMistake {
        List<String> parts = new ArrayList<>();
        if (value.isArray()) {
            for (JsonNode item : value) {
                parts.add(text(name, item));
            }
        } else if (value.isObject()) {
            for (var member : value.properties()) {
                parts.add(member.getKey());
                parts.add(text(name, member.getValue()));
            }
        } else {
            parts.add(text(name, value));
        }
        return parts;
    }

    private static String joined(String name, List<String> parts, String separator) throws CallMistake {
        if (parts.isEmpty()) {
            throw new CallMistake(Errors.VALIDATION, "the parameter " + name + " is empty");
        }
        return String.join(separator, parts.stream().map(Serialized::encoded).toList());
    }

    private static String text(String name, JsonNode value) throws CallMistake {
        if (value.isContainerNode()) {
            throw new CallMistake(
                    Errors.VALIDATION, "the parameter " + name + " is nested too deeply for where it goes");
        }
        return value.isNull() ? "" : value.asText();
    }

    private static String encoded(String text) {
        StringBuilder encoded = new StringBuilder();
        UriTemplate.encode(text, encoded);
        return encoded.toString();
    }
}
