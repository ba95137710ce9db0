package dev.weft.filter;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IpAddressTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1",
                ":",
                ":::",
                "::1::",
                "1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:8:9",
                "::1:2:3:4:5:6:7:8",
                "1:",
                ":1",
                "12345::",
                "g::",
                "::%1",
                "[::1]",
                "1:2:3:4:5:6:7:1.2.3.4",
                "::1.2.3",
                "::1.2.3.4:5",
                "1.2.3",
                "1.2.3.4.5",
                "01.2.3.4",
                "1.2.3.256",
                "1.2.3.-4",
                "1.2.3.4 ",
                " 1.2.3.4",
                "1..3.4",
                "1.2.3.",
                "0x1.2.3.4",
                "١.2.3.4",
                "localhost"
            })
    void refusesWhatIsNoAddress(String text) {
        assertThat(IpAddress.parse(text)).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "::",
                "::1",
                "1::",
                "1:2:3:4:5:6:7:8",
                "1:2:3:4:5:6:7::",
                "::2:3:4:5:6:7:8",
                "fe80::1:2",
                "2001:DB8::ff00:42:8329",
                "::1.2.3.4",
                "64:ff9b::192.0.2.33",
                "1:2:3:4:5:6:1.2.3.4"
            })
    void readsEverySpellingOfIpv6(String text) throws UnknownHostException {
        assertThat(IpAddress.parse(text))
                .isEqualTo(v6(InetAddress.getByName(text).getAddress()));
    }

    @Test
    void keepsTheFamiliesApart() {
        assertThat(IpAddress.parse("::ffff:10.0.0.1")).isNotEqualTo(IpAddress.parse("10.0.0.1"));
    }

    @Test
    void readsWhatJavaWrites() throws UnknownHostException {
        Random random = new Random(9);
        for (int i = 0; i < 5_000; i++) {
            byte[] bytes = new byte[16];
            for (int at = random.nextInt(16); at < 16; at += 1 + random.nextInt(4)) {
                bytes[at] = (byte) random.nextInt(256);
            }
            String text = Inet6Address.getByAddress(null, bytes, -1).getHostAddress();
            assertThat(IpAddress.parse(text)).as(text).isEqualTo(v6(bytes));
        }
    }

    @Test
    void blocksHoldTheAddressesThatAgreeInTheirLeadingBits() {
        Random random = new Random(10);
        for (int i = 0; i < 5_000; i++) {
            byte[] one = new byte[16];
            byte[] other = new byte[16];
            random.nextBytes(one);
            random.nextBytes(other);
            int common = random.nextInt(17);
            System.arraycopy(one, 0, other, 0, common);
            int length = random.nextInt(129);
            boolean same = new BigInteger(1, one)
                    .shiftRight(128 - length)
                    .equals(new BigInteger(1, other).shiftRight(128 - length));
            assertThat(new IpBlock("", v6(one).masked(length), length).contains(v6(other)))
                    .as("first %d bits", length)
                    .isEqualTo(same);
        }
    }

    private static IpAddress v6(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return new IpAddress(true, buffer.getLong(), buffer.getLong());
    }
}
