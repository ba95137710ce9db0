package dev.weft.job.graph;

/** Writes a picture as a Mermaid flowchart, which many viewers of Markdown draw. */
final class Mermaid {

    private Mermaid() {}

    static String of(MeshPicture picture) {
        StringBuilder text = new StringBuilder("flowchart LR\n");
        picture.boxes().forEach(box -> text.append("  ").append(node(box)).append('\n'));
        picture.arrows()
                .forEach(arrow -> text.append(
                        "  %s %s %s\n".formatted(id(arrow.from()), arrow.kind().mermaid(), id(arrow.to()))));
        return text.append("  classDef channel fill:#dbeafe,stroke:#2563eb,color:#111827\n")
                .append("  classDef route fill:#fef3c7,stroke:#b45309,color:#111827\n")
                .append("  classDef pattern fill:#ede9fe,stroke:#7c3aed,color:#111827\n")
                .append("  classDef target fill:#dcfce7,stroke:#15803d,color:#111827\n")
                .append("  classDef dead fill:#fee2e2,stroke:#b91c1c,color:#111827,stroke-dasharray:5 3\n")
                .toString();
    }

    private static String node(Box box) {
        String text = escaped(box.label()) + (box.detail().isEmpty() ? "" : "<br/><small>" + detail(box) + "</small>");
        String shape = switch (box.kind()) {
            case ROUTE -> "[\"%s\"]";
            case PATTERN -> "[[\"%s\"]]";
            case TARGET -> "{{\"%s\"}}";
            case CHANNEL, DEAD_LETTER -> "([\"%s\"])";
        };
        return id(box.id()) + shape.formatted(text) + ":::" + box.kind().style();
    }

    private static String detail(Box box) {
        return escaped(Words.shortened(box.shortDetail(), 80));
    }

    /** A word such as {@code end} is part of Mermaid's grammar, and {@code --} is a line, so ids are made harmless. */
    private static String id(String id) {
        return id.replace('-', '_');
    }

    /** Every character that could end the text or be markup, as Mermaid's own numeric entities. */
    private static String escaped(String text) {
        StringBuilder safe = new StringBuilder();
        text.codePoints().forEach(point -> {
            if (point < ' ') {
                safe.append(' ');
            } else if ("\"#<>&;`\\{}[]|".indexOf(point) >= 0) {
                safe.append('#').append(point).append(';');
            } else {
                safe.appendCodePoint(point);
            }
        });
        return safe.toString();
    }
}
