package dev.weft.route.transform;

/** What a transform does with a variable that the event has no value for. */
public enum Missing {
    /** Leaves out the member, element or attribute it stands for; within a longer text it is nothing. */
    OMIT,
    /** Puts JSON null in its place; an attribute is left out, and within a longer text it is nothing. */
    NULL,
    /** Makes no event: the transform has failed. */
    FAIL
}
