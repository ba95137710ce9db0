package dev.weft.job.graph;

import java.util.List;

/**
 * A mesh as boxes and arrows: channels, the routes between them, and the dead letter.
 *
 * @param name the mesh's name
 * @param about one line of small print below it
 */
public record MeshPicture(String name, String about, List<Box> boxes, List<Arrow> arrows) {

    public MeshPicture {
        boxes = List.copyOf(boxes);
        arrows = List.copyOf(arrows);
    }

    /** Returns the picture as a Mermaid flowchart. */
    public String mermaid() {
        return Mermaid.of(this);
    }

    /** Returns the picture as a self-contained SVG document. */
    public String svg() {
        return Svg.of(this);
    }
}
