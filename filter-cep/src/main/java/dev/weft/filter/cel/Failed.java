package dev.weft.filter.cel;

/**
 * An error as a value: {@code &&} and {@code ||} go on after one if their other side decides.
 *
 * @param why in words that hold nothing of the payload
 * @param missing whether there is nothing wrong with the expression, and what it names is not there
 */
record Failed(String why, boolean missing) {

    /** What depends on a payload that cannot be read. Nobody knows what it would be, so it outweighs other errors. */
    static final Failed UNREADABLE = new Failed("the payload cannot be read");

    Failed(String why) {
        this(why, false);
    }

    static Failed missing(String why) {
        return new Failed(why, true);
    }
}
