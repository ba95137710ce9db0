package dev.weft.event.avro;

/** Bytes are not a datum of their schema. Damaged payloads are everyday: no stack trace is made. */
final class DamageException extends Exception {

    private static final long serialVersionUID = 1;

    DamageException(String what, int at) {
        super(what + " (byte " + at + ")", null, false, false);
    }
}
