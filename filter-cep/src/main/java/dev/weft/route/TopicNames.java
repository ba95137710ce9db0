package dev.weft.route;

import java.io.Serializable;
import java.util.regex.Pattern;

/** Which topics a channel stands for. */
public sealed interface TopicNames extends Serializable {

    /** Returns whether events of that topic are events of the channel. */
    boolean covers(String topic);

    /** One topic by its name: the only form that can be written to. */
    record OneTopic(String topic) implements TopicNames {

        @Override
        public boolean covers(String topic) {
            return this.topic.equals(topic);
        }

        @Override
        public String toString() {
            return topic;
        }
    }

    /**
     * Every topic whose whole name matches, also those created later. Two are equal when their expression and flags
     * are.
     */
    record TopicPattern(Pattern pattern) implements TopicNames {

        @Override
        public boolean covers(String topic) {
            return pattern.matcher(topic).matches();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof TopicPattern that
                    && pattern.pattern().equals(that.pattern.pattern())
                    && pattern.flags() == that.pattern.flags();
        }

        @Override
        public int hashCode() {
            return pattern.pattern().hashCode() * 31 + pattern.flags();
        }

        @Override
        public String toString() {
            return "/" + pattern + "/";
        }
    }
}
