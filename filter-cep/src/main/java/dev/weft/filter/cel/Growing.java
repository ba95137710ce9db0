package dev.weft.filter.cel;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The list that {@code map} or {@code filter} is making. Only the loop that makes it can name it, so adding to it in
 * place cannot be seen, and saves a copy at every element.
 */
final class Growing extends ArrayList<Object> {

    private static final long serialVersionUID = 1;

    /** Returns the finished list, which nothing adds to. */
    List<Object> finished() {
        return Collections.unmodifiableList(this);
    }
}
