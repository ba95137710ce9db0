package dev.weft.job;

import dev.weft.function.FunctionType;
import java.io.Serializable;
import java.util.List;

/**
 * A topic whose records are messages for functions as they are, whatever they are: the key, in UTF-8, is the id, the
 * value the argument.
 *
 * @param valueType of the argument
 * @param to the functions that get a message of each record
 */
public record RawIngress(String topic, String valueType, List<FunctionType> to) implements Serializable {

    public RawIngress {
        to = List.copyOf(to);
    }
}
