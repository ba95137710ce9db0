package dev.weft.job.graph;

/**
 * One thing in the picture of a mesh.
 *
 * @param id unique in the picture; letters, digits and {@code _-} only
 * @param label its name
 * @param detail a second, smaller line: the topic of a channel, the filter of a route, the steps of a pattern; may be
 *     empty
 */
public record Box(String id, Kind kind, String label, String detail) {

    /** What a box stands for. */
    public enum Kind {
        CHANNEL("channel"),
        ROUTE("route"),
        PATTERN("pattern"),
        TARGET("target"),
        DEAD_LETTER("dead");

        private final String style;

        Kind(String style) {
            this.style = style;
        }

        /** The name both picture formats give this kind's style. */
        String style() {
            return style;
        }
    }

    /** Returns the detail as a picture shows it. */
    String shortDetail() {
        return kind == Kind.ROUTE ? Words.plain(detail) : detail;
    }
}
