package dev.weft.filter.cel;

/**
 * An error as a value: {@code &&} and {@code ||} go on after one if their other side decides.
 *
 * @param why in words that hold nothing of the payload
 */
record Failed(String why) {

    /** What depends on a payload that cannot be read. Nobody knows what it would be, so it outweighs other errors. */
    static final Failed UNREADABLE = new Failed("the payload cannot be read");
}
