package dev.weft.workflow.host;

/**
 * What is kept of an instance that has not ended.
 *
 * @param origin what it came from
 * @param startedAt when it was started, milliseconds since 1970
 * @param told how often it was told how it is
 * @param form of the instance, as the engine writes it
 */
record KeptInstance(Origin origin, long startedAt, long told, byte[] form) {

    static final String TYPENAME = "weft.workflow/instance";

    private static final int VERSION = 1;

    byte[] write() {
        FormWriter out = new FormWriter(VERSION, form.length + 128);
        origin.write(out);
        return out.signed(startedAt).signed(told).raw(form).done();
    }

    static KeptInstance read(byte[] form) throws UnreadableException {
        FormReader in = new FormReader("an instance", form, VERSION);
        return new KeptInstance(Origin.read(in), in.signed(), in.signed(), in.rest());
    }
}
