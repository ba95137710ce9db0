package dev.weft.workflow.host;

import dev.weft.function.TypedValue;
import dev.weft.workflow.call.CallRequest;
import java.io.IOException;

/**
 * A call that an instance wants made; the caller of the message is told how it ended.
 *
 * @param token by which the instance knows it
 * @param isHeld whether it is made when a checkpoint knows of it, and not before
 */
record CallMessage(String token, boolean isHeld, CallRequest request) {

    private static final String TYPENAME = "weft.workflow/call";
    private static final int VERSION = 1;

    TypedValue form() {
        byte[] asked = request.form();
        return new TypedValue(
                TYPENAME,
                new FormWriter(VERSION, asked.length + 64)
                        .text(token)
                        .flag(isHeld)
                        .raw(asked)
                        .done());
    }

    static CallMessage read(TypedValue value) throws UnreadableException {
        if (!value.typename().equals(TYPENAME)) {
            throw new UnreadableException("found " + value.typename() + ", expected " + TYPENAME);
        }
        FormReader in = new FormReader("a call", value.bytes(), VERSION);
        String token = in.text();
        boolean isHeld = in.flag();
        try {
            return new CallMessage(token, isHeld, CallRequest.read(in.rest()));
        } catch (IOException e) {
            throw new UnreadableException("cannot read a call: " + e.getMessage());
        }
    }
}
