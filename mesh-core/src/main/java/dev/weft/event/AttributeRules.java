package dev.weft.event;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the CloudEvents specification (v1.0.2, sections "Naming Conventions", "Type System" and "Context Attributes")
 * asks of attributes.
 */
public final class AttributeRules {

    /** Every event has these, not empty, beside {@code specversion}. */
    public static final Set<String> REQUIRED = Set.of("id", "source", "type");

    private static final String TOKEN_CHARACTERS = "!#$%&'*+-.^_`|~";

    private static final byte[] VERSION = Text.bytes("1.0");
    private static final byte[] JSON = Text.bytes("application/json");

    private AttributeRules() {}

    /** Lower-case ASCII letters and digits, at least one, and not {@code data}, which is the payload's name. */
    public static boolean isName(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (!(c >= 'a' && c <= 'z' || c >= '0' && c <= '9')) {
                return false;
            }
        }
        return !name.isEmpty() && !name.equals("data");
    }

    /**
     * Returns whether the value is printable ASCII and right without a closer look. Where this is false,
     * {@link #faultOf} says what is wrong, if anything is.
     */
    static boolean isPlainlyRight(String name, byte[] value) {
        for (byte b : value) {
            if (b < ' ' || b == 0x7F) {
                return false;
            }
        }
        return switch (name) {
            case "specversion" -> Arrays.equals(value, VERSION);
            case "id", "type", "subject" -> value.length > 0;
            case "source" -> value.length > 0 && isPlainUriReference(new Ascii(value));
            case "time" -> Rfc3339.epochMillis(new Ascii(value)) != Rfc3339.NOT_A_TIMESTAMP;
            case "datacontenttype" -> Arrays.equals(value, JSON);
            case "dataschema" -> false;
            default -> true;
        };
    }

    /** Returns what is wrong with the value of an attribute, ready to follow the attribute's name; null if nothing. */
    public static @Nullable String faultOf(String name, String value) {
        switch (name) {
            case "id", "type", "subject":
                return value.isEmpty() ? "is empty" : faultOfText(value);
            case "source":
                return value.isEmpty() ? "is empty" : isUriReference(value) ? null : "is not a URI reference";
            case "dataschema":
                return isAbsoluteUri(value) ? null : "is not an absolute URI";
            case "time":
                return Rfc3339.epochMillis(value) == Rfc3339.NOT_A_TIMESTAMP ? "is not an RFC 3339 timestamp" : null;
            case "datacontenttype":
                return isMediaType(value) ? faultOfText(value) : "is not a media type";
            default:
                return faultOfText(value);
        }
    }

    /** The characters that the type String must not contain: controls and unpaired surrogates. */
    private static @Nullable String faultOfText(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c < 0x20 || c >= 0x7F && c <= 0x9F) {
                return "holds a control character";
            }
            if (Character.isSurrogate(c)) {
                if (i + 1 >= value.length() || !Character.isSurrogatePair(c, value.charAt(i + 1))) {
                    return "holds half of a surrogate pair";
                }
                i++;
            }
        }
        return null;
    }

    /** A path or an http(s) URL of plain characters is recognised without parsing; all else Java's parser decides. */
    static boolean isUriReference(String text) {
        return isPlainUriReference(text) || parses(text);
    }

    private static boolean isPlainUriReference(CharSequence text) {
        int afterScheme = afterWebScheme(text);
        for (int i = afterScheme; i < text.length(); i++) {
            if (!isLetterOrDigit(text.charAt(i)) && "/-._".indexOf(text.charAt(i)) < 0) {
                return false;
            }
        }
        boolean startsHost = text.length() > afterScheme && isLetterOrDigit(text.charAt(afterScheme));
        return afterScheme > 0 ? startsHost : !(text.length() > 1 && text.charAt(0) == '/' && text.charAt(1) == '/');
    }

    /** Returns where the host of an http(s) URL begins; 0 for all else. */
    private static int afterWebScheme(CharSequence text) {
        if (startsWith(text, "https://")) {
            return 8;
        }
        return startsWith(text, "http://") ? 7 : 0;
    }

    private static boolean startsWith(CharSequence text, String start) {
        for (int i = 0; i < start.length(); i++) {
            if (i >= text.length() || text.charAt(i) != start.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isLetterOrDigit(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
    }

    private static boolean parses(String text) {
        return parsed(text) != null;
    }

    private static boolean isAbsoluteUri(String text) {
        URI uri = parsed(text);
        return uri != null && uri.isAbsolute();
    }

    /** Java's parser takes half of a surrogate pair for a letter. */
    private static @Nullable URI parsed(String text) {
        try {
            return faultOfText(text) == null ? new URI(text) : null;
        } catch (URISyntaxException e) {
            return null;
        }
    }

    /** RFC 2045: {@code type/subtype}, each a token, then parameters, which are not looked into. */
    public static boolean isMediaType(String text) {
        int end = text.indexOf(';');
        String type = (end < 0 ? text : text.substring(0, end)).strip();
        int slash = type.indexOf('/');
        return slash > 0 && isToken(type, 0, slash) && isToken(type, slash + 1, type.length());
    }

    private static boolean isToken(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (!isLetterOrDigit(c) && TOKEN_CHARACTERS.indexOf(c) < 0) {
                return false;
            }
        }
        return to > from;
    }

    /** Whether a payload of this content type is JSON: {@code application/json}, {@code text/json}, {@code *+json}. */
    public static boolean isJson(String mediaType) {
        int end = mediaType.indexOf(';');
        int length = end < 0 ? mediaType.length() : end;
        while (length > 0 && mediaType.charAt(length - 1) == ' ') {
            length--;
        }
        return endsWithIgnoringCase(mediaType, length, "/json") || endsWithIgnoringCase(mediaType, length, "+json");
    }

    private static boolean endsWithIgnoringCase(String text, int length, String ending) {
        return length >= ending.length()
                && text.regionMatches(true, length - ending.length(), ending, 0, ending.length());
    }

    /** Bytes that are ASCII, read as characters without making a string of them. */
    private record Ascii(byte[] bytes) implements CharSequence {

        @Override
        public int length() {
            return bytes.length;
        }

        @Override
        public char charAt(int index) {
            return (char) bytes[index];
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return toString().subSequence(start, end);
        }

        @Override
        public String toString() {
            return Text.of(bytes);
        }
    }
}
