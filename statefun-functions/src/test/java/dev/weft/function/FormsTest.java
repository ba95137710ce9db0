package dev.weft.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.weft.function.ValueDeclaration.Expiration;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FormsTest {

    private static final FunctionType CART = FunctionType.parse("a/shop/cart");
    private static final ValueDeclaration KEPT = ValueDeclaration.kept("kept", "t/kept");
    private static final ValueDeclaration WRITTEN =
            new ValueDeclaration("written", "t/written", Expiration.AFTER_WRITE, Duration.ofMillis(100));
    private static final ValueDeclaration CALLED =
            new ValueDeclaration("called", "t/called", Expiration.AFTER_CALL, Duration.ofMillis(200));

    static Stream<Message> messages() {
        Address seven = new Address(CART, "7");
        return Stream.of(
                new Message(seven, null, value(0), null),
                new Message(seven, seven, value(1), null),
                new Message(seven, new Address(FunctionType.parse("shop/stock"), "8"), value(127), "00-trace-01"),
                new Message(new Address(CART, "Käse €ÿĀ \uD83D\uDE00"), null, value(128), ""),
                new Message(new Address(new FunctionType("", "with/slash"), "\uD800 alone"), seven, value(20_000), "t"),
                new Message(new Address(CART, "i".repeat(70_000)), null, value(3 << 20), null));
    }

    @ParameterizedTest
    @MethodSource("messages")
    void aMessageIsReadAsItWasWritten(Message message) throws IOException {
        byte[] bytes = FunctionsInMemory.bytes(out -> MessageForm.write(message, out));
        assertThat(MessageForm.read(FunctionsInMemory.in(bytes))).isEqualTo(message);
    }

    @Test
    void messagesOfTheFirstVersionAreRead() throws IOException {
        byte[] bytes = HexFormat.of()
                .parseHex("170c612f73686f70" + "0863617274" + "0237" + "0873686f70" + "0a73746f636b" + "06742f61"
                        + "020102" + "067a7a7a");
        assertThat(MessageForm.read(FunctionsInMemory.in(bytes)))
                .isEqualTo(new Message(
                        new Address(CART, "7"),
                        new Address(FunctionType.parse("shop/stock"), "7"),
                        new TypedValue("t/a", new byte[] {1, 2}),
                        "zzz"));
    }

    @Test
    void aSmallMessageTakesFewBytes() {
        Address seven = new Address(CART, "7");
        assertThat(FunctionsInMemory.bytes(out -> MessageForm.write(new Message(seven, seven, value(0), null), out)))
                .hasSizeLessThan(50);
    }

    @Test
    void namesThatComeOftenAreKeptOnce() throws IOException {
        byte[] bytes = FunctionsInMemory.bytes(
                out -> MessageForm.write(new Message(new Address(CART, "7"), null, value(9), null), out));
        Message first = MessageForm.read(FunctionsInMemory.in(bytes));
        Message second = MessageForm.read(FunctionsInMemory.in(bytes));
        assertThat(first.argument().typename()).isSameAs(second.argument().typename());
        assertThat(first.target().type().name()).isSameAs(second.target().type().name());
    }

    @Test
    void valuesAreReadAsTheyWereWritten() throws IOException {
        AddressRow row = values();
        AddressRow read = again(row);
        assertThat(read.due()).isEqualTo(1100);
        assertThat(read.weight()).isEqualTo(row.weight());
        assertThat(read.get("kept", 5000)).isEqualTo(new TypedValue("t/kept", new byte[0]));
        assertThat(read.get("written", 1099)).isNotNull();
        assertThat(read.get("written", 1100)).isNull();
        assertThat(read.touch(1150)).isTrue();
        assertThat(read.touch(1150)).isFalse();
        assertThat(read.get("called", 1349)).isNotNull();
        assertThat(again(read).get("called", 1350)).isNull();
        assertThat(read.expire(1350)).isTrue();
        assertThat(read.expire(1350)).isFalse();
        assertThat(read.due()).isEqualTo(Long.MAX_VALUE);
        read.remove("kept");
        assertThat(read.isEmpty()).isTrue();
        assertThat(read.valueBytes()).isZero();
        assertThat(again(read).isEmpty()).isTrue();
    }

    @Test
    void aCallDoesNotBringBackWhatIsOver() {
        AddressRow row = values();
        assertThat(row.touch(1200)).isFalse();
        assertThat(row.get("called", 1200)).isNull();
    }

    @Test
    void delayedMessagesAreReadAsTheyWereWritten() throws IOException {
        DelayRow row = delays();
        DelayRow read = DelayRow.read(FunctionsInMemory.in(FunctionsInMemory.bytes(row::write)));
        assertThat(read.weight()).isEqualTo(row.weight());
        assertThat(read.due()).isEqualTo(10);
        assertThat(read.cancel("gone")).isTrue();
        assertThat(read.cancel("gone")).isFalse();
        assertThat(read.takeDue(9)).isEmpty();
        assertThat(read.takeDue(20))
                .extracting(message -> message.target().id())
                .containsExactly("a", "b", "c");
        assertThat(read.due()).isEqualTo(Long.MAX_VALUE - 1);
        assertThat(read.takeDue(Long.MAX_VALUE)).hasSize(1);
        assertThat(read.takeDue(Long.MAX_VALUE)).isEmpty();
        assertThat(read.isEmpty()).isTrue();
        assertThat(read.weight()).isEqualTo(new DelayRow().weight());
    }

    @Test
    void bytesOfAnotherVersionAreRefused() {
        assertThatIOException()
                .isThrownBy(() -> AddressRow.read(FunctionsInMemory.in(new byte[] {9, 0})))
                .withMessage("found values of version 9, expected 1");
        assertThatIOException()
                .isThrownBy(() -> DelayRow.read(FunctionsInMemory.in(new byte[] {9, 0})))
                .withMessage("found delayed messages of version 9, expected 1");
        assertThatIOException()
                .isThrownBy(() -> MessageForm.read(FunctionsInMemory.in(new byte[] {(byte) 0x90, 0})))
                .withMessage("found a message that begins with 144, expected version 1");
        assertThatIOException().isThrownBy(() -> MessageForm.read(FunctionsInMemory.in(new byte[] {0x18, 0})));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void damagedBytesAreRefusedOrReadAndTakeNoMemoryThatIsNotThere(long seed) {
        Random random = new Random(seed);
        List<byte[]> forms = new ArrayList<>();
        messages()
                .limit(4)
                .forEach(message -> forms.add(FunctionsInMemory.bytes(out -> MessageForm.write(message, out))));
        byte[] values = FunctionsInMemory.bytes(values()::write);
        byte[] delays = FunctionsInMemory.bytes(delays()::write);
        for (int i = 0; i < 20_000; i++) {
            readsOrRefuses(MessageForm::read, damaged(forms.get(i % forms.size()), random));
            readsOrRefuses(AddressRow::read, damaged(values, random));
            readsOrRefuses(DelayRow::read, damaged(delays, random));
        }
    }

    @Test
    void bytesThatEndTooEarlyAreRefused() {
        byte[] values = FunctionsInMemory.bytes(values()::write);
        byte[] delays = FunctionsInMemory.bytes(delays()::write);
        for (int length = 0; length < values.length; length++) {
            DataInputStream in = FunctionsInMemory.in(Arrays.copyOf(values, length));
            assertThatIOException().isThrownBy(() -> AddressRow.read(in)).isInstanceOf(EOFException.class);
        }
        for (int length = 0; length < delays.length; length++) {
            DataInputStream in = FunctionsInMemory.in(Arrays.copyOf(delays, length));
            assertThatIOException().isThrownBy(() -> DelayRow.read(in)).isInstanceOf(EOFException.class);
        }
    }

    private interface Reading {
        Object from(DataInput in) throws IOException;
    }

    private static void readsOrRefuses(Reading reading, byte[] bytes) {
        try {
            assertThat(reading.from(FunctionsInMemory.in(bytes))).isNotNull();
        } catch (IOException e) {
            assertThat(e).isNotNull(); // what else it may be, is nothing
        }
    }

    private static byte[] damaged(byte[] bytes, Random random) {
        byte[] damaged = bytes.clone();
        for (int i = random.nextInt(3); i >= 0; i--) {
            damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
        }
        return damaged;
    }

    private static AddressRow values() {
        AddressRow row = new AddressRow();
        row.put(KEPT, new TypedValue("t/kept", new byte[0]), 1000);
        row.put(WRITTEN, new TypedValue("t/written", new byte[300]), 1000);
        row.put(CALLED, new TypedValue("t/called", new byte[] {1}), 1000);
        return row;
    }

    private static AddressRow again(AddressRow row) throws IOException {
        return AddressRow.read(FunctionsInMemory.in(FunctionsInMemory.bytes(row::write)));
    }

    private static DelayRow delays() {
        DelayRow row = new DelayRow();
        row.add(to("b"), 20, null);
        row.add(to("a"), 10, "token");
        row.add(to("c"), 20, null);
        row.add(to("gone"), 15, "gone");
        row.add(to("last"), Long.MAX_VALUE, null);
        return row;
    }

    private static Message to(String id) {
        return new Message(new Address(CART, id), null, value(4), null);
    }

    private static TypedValue value(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return new TypedValue("t/a", bytes);
    }
}
