package dev.weft.filter;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * A block of IP addresses in CIDR notation (RFC 4632, RFC 4291 section 2.3). The bits beyond the mask may be set; they
 * do not count. No block holds addresses of both families.
 *
 * @param written the block as the rule writes it
 * @param network the block's first address
 * @param length how many leading bits count: 0 to 32, of IPv6 0 to 128
 */
public record IpBlock(String written, IpAddress network, int length) implements Serializable {

    /** Returns the block that {@code text} spells, or null if it spells none. */
    public static @Nullable IpBlock parse(String text) {
        int slash = text.indexOf('/');
        IpAddress address = slash < 0 ? null : IpAddress.parse(text.substring(0, slash));
        if (address == null) {
            return null;
        }
        int length = length(text.substring(slash + 1));
        return length < 0 || length > (address.isV6() ? 128 : 32)
                ? null
                : new IpBlock(text, address.masked(length), length);
    }

    private static int length(String digits) {
        return digits.matches("0|[1-9][0-9]{0,2}") ? Integer.parseInt(digits) : -1;
    }

    /** Returns whether the address is one of the block's. */
    public boolean contains(IpAddress address) {
        return address.isV6() == network.isV6() && address.masked(length).equals(network);
    }

    @Override
    public String toString() {
        return written;
    }
}
