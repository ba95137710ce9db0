package dev.weft.job;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The forms of the names in a job config, with how each is described to someone who missed it. */
final class Names {

    static final String LABEL = "a name of lower-case letters, digits and inner hyphens, at most 63";
    static final String NAME = "a name of lower-case letters, digits and hyphens, at most 63";
    static final String TOPIC =
            "a topic's name: letters, digits, dots, hyphens and underscores, at most 249, not one of Kafka's own";
    static final String SERVER = "host:port, such as localhost:9092";

    private static final Pattern LABEL_FORM = Pattern.compile("[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?");
    private static final Pattern NAME_FORM = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");
    private static final Pattern TOPIC_FORM = Pattern.compile("[A-Za-z0-9._-]{1,249}");
    private static final Pattern SERVER_FORM =
            Pattern.compile("(?:[A-Za-z0-9_]+://)?(?:\\[[0-9a-fA-F:.%]+]|[A-Za-z0-9._-]+):(\\d{1,5})");
    private static final Set<String> NOT_TOPICS =
            Set.of(".", "..", "__consumer_offsets", "__transaction_state", "__share_group_state", "__cluster_metadata");
    private static final int LAST_PORT = 65_535;

    private Names() {}

    /** An RFC 1123 label. */
    static Optional<String> label(String text) {
        return Optional.of(text).filter(it -> LABEL_FORM.matcher(it).matches());
    }

    static boolean isName(String text) {
        return NAME_FORM.matcher(text).matches();
    }

    static Optional<String> name(String text) {
        return Optional.of(text).filter(Names::isName);
    }

    /** A topic as Kafka accepts it, and not one that Kafka keeps its own books in. */
    static Optional<String> topic(String text) {
        return Optional.of(text).filter(it -> TOPIC_FORM.matcher(it).matches()).filter(it -> !NOT_TOPICS.contains(it));
    }

    static Optional<String> server(String text) {
        var form = SERVER_FORM.matcher(text);
        boolean reachable =
                form.matches() && Integer.parseInt(form.group(1)) >= 1 && Integer.parseInt(form.group(1)) <= LAST_PORT;
        return reachable ? Optional.of(text) : Optional.empty();
    }
}
