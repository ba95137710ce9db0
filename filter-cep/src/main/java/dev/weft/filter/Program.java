package dev.weft.filter;

import java.util.Arrays;

/**
 * All conjunctions of an index as numbers, one after the other in the order of the branches they lie in: memory is read
 * in one direction. Tests that hold wherever the branch is open do not stand here.
 */
final class Program {

    private static final int RULE = 0;
    private static final int CONJUNCTION = 1;
    private static final int FIELDS = 2;
    private static final int ATTRIBUTES_END = 3;
    private static final int END = 4;
    private static final int HEADER = 5;

    private final int[] code;

    private Program(int[] code) {
        this.code = code;
    }

    int rule(int at) {
        return code[at + RULE];
    }

    int conjunction(int at) {
        return code[at + CONJUNCTION];
    }

    /** Returns of how many fields of the payload something is asked, also where that is known to hold. */
    int fields(int at) {
        return code[at + FIELDS];
    }

    /** Returns where the tests of attributes begin. */
    int attributes(int at) {
        return at + HEADER;
    }

    /** Returns where the tests of attributes end and those of the payload begin. */
    int payload(int at) {
        return code[at + ATTRIBUTES_END];
    }

    /** Returns where the conjunction ends and the next one begins. */
    int end(int at) {
        return code[at + END];
    }

    /** Returns the number of the test that stands there. */
    int test(int at) {
        return code[at];
    }

    int length() {
        return code.length;
    }

    /** A program being written. */
    static final class Draft {
        private int[] code = new int[64];
        private int length;

        int length() {
            return length;
        }

        void add(int rule, int conjunction, int fields, int[] attributes, int[] payload) {
            int attributesEnd = length + HEADER + attributes.length;
            int end = attributesEnd + payload.length;
            if (end > code.length) {
                code = Arrays.copyOf(code, Math.max(end, code.length * 2));
            }
            code[length + RULE] = rule;
            code[length + CONJUNCTION] = conjunction;
            code[length + FIELDS] = fields;
            code[length + ATTRIBUTES_END] = attributesEnd;
            code[length + END] = end;
            System.arraycopy(attributes, 0, code, length + HEADER, attributes.length);
            System.arraycopy(payload, 0, code, attributesEnd, payload.length);
            length = end;
        }

        Program finish() {
            return new Program(Arrays.copyOf(code, length));
        }
    }
}
