package dev.weft.job.trial.function;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;

/** How many messages an address has sent to each other, and how many it has had of each. */
final class Books {

    private final Map<String, Integer> sent = new TreeMap<>();
    private final Map<String, Integer> had = new TreeMap<>();

    /** Returns the number of the next message for that address, counted from 0. */
    int nextFor(String address) {
        return sent.merge(address, 1, Integer::sum) - 1;
    }

    /** Whether a message of that address is the next; in any case, the one after it is expected then. */
    boolean isNext(String address, int number) {
        int expected = had.getOrDefault(address, 0);
        had.put(address, number + 1);
        return number == expected;
    }

    byte[] toBytes() {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            DataOutputStream out = new DataOutputStream(bytes);
            write(sent, out);
            write(had, out);
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Books fromBytes(byte[] bytes) {
        try {
            DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
            Books books = new Books();
            read(in, books.sent);
            read(in, books.had);
            return books;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Map<String, Integer> numbers, DataOutputStream out) throws IOException {
        out.writeInt(numbers.size());
        for (Map.Entry<String, Integer> number : numbers.entrySet()) {
            out.writeUTF(number.getKey());
            out.writeInt(number.getValue());
        }
    }

    private static void read(DataInputStream in, Map<String, Integer> into) throws IOException {
        for (int left = in.readInt(); left > 0; left--) {
            into.put(in.readUTF(), in.readInt());
        }
    }
}
