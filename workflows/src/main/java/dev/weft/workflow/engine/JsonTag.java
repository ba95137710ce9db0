package dev.weft.workflow.engine;

/** The first byte of JSON as it is kept. Short texts and small numbers are part of it. */
final class JsonTag {

    static final int NULL = 0;
    static final int FALSE = 1;
    static final int TRUE = 2;
    static final int INT = 3;
    static final int LONG = 4;
    static final int BIG_INTEGER = 5;
    static final int FLOAT = 6;
    static final int DOUBLE = 7;
    static final int DECIMAL = 8;
    static final int TEXT = 9;
    static final int ARRAY = 10;
    static final int OBJECT = 11;

    /** What was written of late: how many such things ago. */
    static final int AGAIN = 12;

    /** Texts shorter, and numbers smaller than this are part of the tag. */
    static final int SHORT = 64;

    static final int SHORT_TEXT = 0x80;
    static final int SMALL_INT = 0xC0;

    /** How many things that were written of late are known. */
    static final int RECENT = 32;

    private JsonTag() {}
}
