package dev.weft.config;

/** A part of a YAML or JSON document that remembers where it stood. */
public sealed interface Node permits Mapping, Sequence, Scalar {

    /** Where the part begins. */
    Location at();

    /** The part's JSON path from the document's root. */
    String path();

    /** What the part is, ready to stand after the word "found": {@code a list}, {@code the number 5}. */
    String described();
}
