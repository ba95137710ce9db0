package dev.weft.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What an endpoint that gives out tokens has answered: RFC 6749, section 5. An answer that is not JSON has no members.
 */
public final class TokenAnswer {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration WHERE_NOT_SAID = Duration.ofMinutes(5);
    private static final Duration LEAST_MARGIN = Duration.ofSeconds(5);
    private static final long LONGEST_SECONDS = Duration.ofDays(30).toSeconds();

    /** Codes that may be told: section 5.2. What else an endpoint says of an error may have secrets in it. */
    private static final Pattern ERROR = Pattern.compile("[a-z_]{1,40}");

    private final HttpReply reply;
    private final JsonNode json;

    private TokenAnswer(HttpReply reply, JsonNode json) {
        this.reply = reply;
        this.json = json;
    }

    public static TokenAnswer of(HttpReply reply) {
        try {
            return new TokenAnswer(reply, JSON.readTree(reply.body()));
        } catch (IOException e) {
            return new TokenAnswer(reply, JSON.missingNode()); // lacks what is looked for, and that is what is said
        }
    }

    /** Returns the token, if one was given that can be sent in a header. */
    public Optional<String> token() {
        return member("access_token")
                .filter(token -> !token.isEmpty() && token.chars().allMatch(c -> c > ' ' && c <= '~'));
    }

    /**
     * Returns for how long the token can be given to calls: less than it is valid for, so that it reaches whom it is
     * for in time. Not positive if it is only for calls that have waited for it.
     */
    public Duration freshFor() {
        long seconds = json.path("expires_in").asLong(WHERE_NOT_SAID.toSeconds());
        Duration life = Duration.ofSeconds(Math.max(0, Math.min(seconds, LONGEST_SECONDS)));
        Duration tenth = life.dividedBy(10);
        return life.minus(tenth.compareTo(LEAST_MARGIN) < 0 ? LEAST_MARGIN : tenth);
    }

    /** Returns the text of a member of an answer that is a success. */
    public Optional<String> member(String name) {
        return reply.isSuccess() ? Optional.ofNullable(json.path(name).asText(null)) : Optional.empty();
    }

    /** Returns what to say of an answer that lacks that member: begins with "answered". */
    public String without(String name) {
        if (reply.isSuccess()) {
            return "answered without " + ("aeiou".indexOf(name.charAt(0)) >= 0 ? "an " : "a ") + name;
        }
        String error = json.path("error").asText();
        return "answered " + reply.status() + (ERROR.matcher(error).matches() ? ": " + error : "");
    }
}
