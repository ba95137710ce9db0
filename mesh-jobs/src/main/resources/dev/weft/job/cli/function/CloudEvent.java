package {{package}};

import java.nio.charset.StandardCharsets;
import org.apache.flink.statefun.sdk.java.TypeName;
import org.apache.flink.statefun.sdk.java.types.SimpleType;
import org.apache.flink.statefun.sdk.java.types.Type;

/** A whole event, in JSON: what the job gives to functions, and what they write to channels. */
final class CloudEvent {

    static final Type<String> TYPE = SimpleType.simpleImmutableTypeFrom(
            TypeName.typeNameFromString("io.cloudevents/event"),
            json -> json.getBytes(StandardCharsets.UTF_8),
            bytes -> new String(bytes, StandardCharsets.UTF_8));

    private CloudEvent() {}

    /**
     * Returns an event.
     *
     * @param id unique among the events of this source; the same when the function runs again for the same message
     * @param data JSON
     */
    static String of(String id, String type, String subject, String data) {
        return """
                {"specversion": "1.0", "id": %s, "source": "/{{namespace}}/{{name}}", "type": %s, "subject": %s,
                 "datacontenttype": "application/json", "data": %s}
                """.formatted(quoted(id), quoted(type), quoted(subject), data);
    }

    private static String quoted(String text) {
        StringBuilder json = new StringBuilder("\"");
        for (char c : text.toCharArray()) {
            json.append(c < ' ' || c == '"' || c == '\\' ? "\\u%04x".formatted((int) c) : c);
        }
        return json.append('"').toString();
    }
}
