package dev.weft.workflow.host;

/**
 * An instance that waits for events of a filter.
 *
 * @param token by which it knows what for
 * @param filter its index in the instance's definition
 */
record Waiter(String instance, String token, int filter) {

    void write(FormWriter out) {
        out.text(instance).text(token).signed(filter);
    }

    static Waiter read(FormReader in) throws UnreadableException {
        return new Waiter(in.text(), in.text(), (int) in.signed());
    }
}
