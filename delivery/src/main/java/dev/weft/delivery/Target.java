package dev.weft.delivery;

import dev.weft.http.HttpSettings;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * A place outside of Kafka that routes deliver to.
 *
 * @param http where it is and how it is called
 * @param terms on what terms it is delivered to; their name is the target's
 * @param replyTo the name of the channel that takes the events it answers with; null: answers are not read
 */
public record Target(
        HttpSettings http, Terms terms, @Nullable String replyTo) implements Serializable {

    /** Returns the target's name. */
    public String name() {
        return terms.target();
    }
}
