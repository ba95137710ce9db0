package dev.weft.job;

import dev.weft.function.FunctionType;
import java.util.Optional;
import java.util.regex.Pattern;

/** The forms of names around functions, with how each is described to someone who missed it. */
final class FunctionNames {

    static final String TYPE = "a function's type: namespace/name, such as shop/cart";
    static final String EGRESS = "an egress: namespace/name, such as shop/receipts";
    static final String VALUE_TYPE = "the name of a type: namespace/name, such as shop/order";

    /** In whose namespace every channel is an egress, by its name. */
    static final String CHANNELS = "weft.channels";

    private static final Pattern FORM = Pattern.compile("[^\\s/*]+(?:/[^\\s/*]+)+");

    private FunctionNames() {}

    /** A namespace, which may hold slashes itself, and a name. */
    static Optional<FunctionType> type(String text) {
        return FORM.matcher(text).matches() ? Optional.of(FunctionType.parse(text)) : Optional.empty();
    }
}
