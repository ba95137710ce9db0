package dev.weft.function;

/**
 * Where a message goes: one instance of a function. All functions of one id are kept in one place, so that messages
 * between them do not travel.
 *
 * @param id not empty
 */
public record Address(FunctionType type, String id) {

    @Override
    public String toString() {
        return type + "/" + id;
    }
}
