package dev.weft.job.graph;

/**
 * Events go from one box to another.
 *
 * @param from id of a box
 * @param to id of a box
 */
public record Arrow(String from, String to, Kind kind) {

    /** Why they go there. */
    public enum Kind {
        /** A route reads from the channel, or delivers to it. */
        FLOW("-->"),
        /** The topic of the one channel is matched by the topic pattern of the other. */
        COVERED("-. same topic .->"),
        /** What cannot be read goes to the dead letter. */
        UNREADABLE("-. unreadable .->");

        private final String mermaid;

        Kind(String mermaid) {
            this.mermaid = mermaid;
        }

        /** How Mermaid writes such an arrow. */
        String mermaid() {
            return mermaid;
        }
    }
}
