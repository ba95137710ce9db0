package dev.weft.config;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The forms of what files say of Kafka, with how each is described to someone who missed it. */
public final class KafkaNames {

    /** What {@link #topic} takes, ready to stand after the word "expected". */
    public static final String TOPIC =
            "a topic's name: letters, digits, dots, hyphens and underscores, at most 249, not one of Kafka's own";

    /** What {@link #server} takes. */
    public static final String SERVER = "host:port, such as localhost:9092";

    private static final Pattern TOPIC_FORM = Pattern.compile("[A-Za-z0-9._-]{1,249}");
    private static final Pattern SERVER_FORM =
            Pattern.compile("(?:[A-Za-z0-9_]+://)?(?:\\[[0-9a-fA-F:.%]+]|[A-Za-z0-9._-]+):(\\d{1,5})");
    private static final Set<String> NOT_TOPICS =
            Set.of(".", "..", "__consumer_offsets", "__transaction_state", "__share_group_state", "__cluster_metadata");
    private static final int LAST_PORT = 65_535;

    private KafkaNames() {}

    /** Returns a topic as Kafka accepts it, and not one that Kafka keeps its own books in. */
    public static Optional<String> topic(String text) {
        return Optional.of(text).filter(it -> TOPIC_FORM.matcher(it).matches()).filter(it -> !NOT_TOPICS.contains(it));
    }

    /** Returns the address of a broker, with a protocol before it or without. */
    public static Optional<String> server(String text) {
        var form = SERVER_FORM.matcher(text);
        boolean reachable =
                form.matches() && Integer.parseInt(form.group(1)) >= 1 && Integer.parseInt(form.group(1)) <= LAST_PORT;
        return reachable ? Optional.of(text) : Optional.empty();
    }
}
