package dev.weft.workflow.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/** What becomes of a call in a scenario. */
public sealed interface Answer {

    /** Returns after how long, in milliseconds. */
    long after();

    /**
     * An answer of a server.
     *
     * @param headers by name in lower case
     * @param body text as it is, anything else as JSON; a missing node for none
     */
    record Response(long after, int status, Map<String, String> headers, JsonNode body) implements Answer {

        public Response {
            headers = Map.copyOf(headers);
        }
    }

    /** Nobody can be reached, or the connection breaks; in words. */
    record Broken(long after, String words) implements Answer {}

    /** It stays without an answer, until the story gives one. */
    record Silence() implements Answer {
        @Override
        public long after() {
            return 0;
        }
    }
}
