package dev.weft.job.flink.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.job.audit.Balance;
import dev.weft.job.audit.Book;
import dev.weft.job.audit.Cut;
import dev.weft.job.audit.Item;
import dev.weft.job.audit.Leg;
import dev.weft.job.audit.Page;
import dev.weft.job.audit.Reading;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

class PageSerializerTest {

    /** As version 1 wrote it; it is read for ever. */
    private static final String VERSION_1 = "00000001" + "000000017400000000000000020000000000000001" + "00000001"
            + "00000001720000000164" + "02" + "000000000000000002" + "0c0000000000000001";

    @Test
    void aPageIsReadAsItWasWritten() throws Exception {
        assertThat(balance(read(written(page())))).isEqualTo(balance(page()));
        assertThat(balance(read(written(Page.EMPTY)))).isEqualTo(balance(Page.EMPTY));
    }

    @Test
    void whatVersion1WroteIsRead() throws Exception {
        assertThat(balance(read(HexFormat.of().parseHex(VERSION_1)))).isEqualTo(balance(page()));
        assertThat(HexFormat.of().formatHex(written(page()))).isEqualTo(VERSION_1);
    }

    /** State knows items by their places. */
    @Test
    void noItemChangesItsPlace() {
        assertThat(Item.values())
                .startsWith(
                        Item.RECEIVED,
                        Item.MATCHED,
                        Item.UNDECIDED,
                        Item.DROPPED,
                        Item.FAILED,
                        Item.WRITTEN,
                        Item.PUSHED,
                        Item.ACCEPTED,
                        Item.DELIVERED,
                        Item.BURIED,
                        Item.PARKED,
                        Item.RETRYING,
                        Item.IN_FLIGHT);
    }

    private static Page page() {
        Book book = new Book();
        book.add("t", new Reading(2, 1));
        book.add(new Leg("r", "d"), Item.RECEIVED, 2);
        book.add(new Leg("r", "d"), Item.IN_FLIGHT, 1);
        return book.page();
    }

    private static Balance balance(Page page) {
        return Balance.of(List.of(new Cut(1, page)));
    }

    private static byte[] written(Page page) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(64);
        PageSerializer.INSTANCE.serialize(page, out);
        return out.getCopyOfBuffer();
    }

    private static Page read(byte[] bytes) throws IOException {
        return PageSerializer.INSTANCE.deserialize(new DataInputDeserializer(bytes));
    }
}
