package dev.weft.config;

/**
 * A place in a file a person wrote, as an editor would open it.
 *
 * @param file the file's name as the person gave it, or a word for input that is not a file, such as {@code <stdin>}
 * @param line from 1
 * @param column from 1, in characters
 */
public record Location(String file, int line, int column) {

    /** Returns {@code file:line:column}, the form terminals turn into a link. */
    @Override
    public String toString() {
        return file + ":" + line + ":" + column;
    }
}
