package dev.weft.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressPolicyTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "169.254.0.1", "169.254.169.254", "100.100.100.200", "192.0.0.192", "0.0.0.0", "0.1.2.3", "224.0.0.1",
                "fe80::1", "fe80::1%1", "fd00:ec2::254", "::", "ff02::1", "::ffff:169.254.169.254", "::169.254.169.254",
                "2002:a9fe:a9fe::1", "64:ff9b::a9fe:a9fe", "64:ff9b::6464:64c8"
            })
    void guardedRefuses(String address) throws Exception {
        assertThat(AddressPolicy.guarded(List.of()).allows(InetAddress.getByName(address)))
                .isFalse();
        assertThat(AddressPolicy.open().allows(InetAddress.getByName(address))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "::1",
                "10.0.0.1",
                "192.168.1.1",
                "93.184.216.34",
                "2606:2800::1",
                "fd00::1",
                "2002:0a00:0001::1",
                "64:ff9b::a00:1"
            })
    void guardedAllows(String address) throws Exception {
        assertThat(AddressPolicy.guarded(List.of()).allows(InetAddress.getByName(address)))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "billing.internal, true", "BILLING.internal, true", "billing.internal., true", "a.shop, true", "a.b.shop, true",
        "shop, false", "evilshop, false", "a.shop.evil, false", "xbilling.internal, false", "127.0.0.1, false"
    })
    void allowsTheHostsThatAreListed(String host, boolean allowed) {
        AddressPolicy policy = AddressPolicy.guarded(List.of("*.shop", "billing.internal"));

        assertThat(policy.allowsHost(host)).isEqualTo(allowed);
        assertThat(AddressPolicy.guarded(List.of()).allowsHost(host)).isTrue();
    }
}
