package dev.weft.http;

import java.io.Serializable;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Which addresses may be called. Names are checked before they are looked up, addresses when a connection is made: a
 * name that means another address the next time gains nothing.
 *
 * @param allowHosts names that may be called, in lower case, {@code *.suffix} for all below one; empty for all
 * @param refused which addresses may not, whatever name led to them
 */
public record AddressPolicy(List<String> allowHosts, Refused refused) implements Serializable {

    /** Kinds of addresses. */
    public enum Refused {
        NOTHING,
        /** Unspecified addresses, which reach this machine, and multicast. */
        NOWHERE,
        /** Those, and what is reachable on the same link only, where clouds keep credentials. */
        LINK_LOCAL
    }

    /** Where clouds answer with credentials, beside link-local addresses: AWS over IPv6, Alibaba, Oracle. */
    private static final Set<String> METADATA = Set.of("fd00:ec2:0:0:0:0:0:254", "100.100.100.200", "192.0.0.192");

    public AddressPolicy {
        allowHosts = List.copyOf(allowHosts);
    }

    /** Returns the policy that refuses nothing. */
    public static AddressPolicy open() {
        return new AddressPolicy(List.of(), Refused.NOTHING);
    }

    /**
     * Returns the policy that refuses link-local and metadata addresses, and other hosts than these if there are any.
     */
    public static AddressPolicy guarded(List<String> allowHosts) {
        return new AddressPolicy(allowHosts, Refused.LINK_LOCAL);
    }

    /** Whether a host of that name may be called, as far as its name says. */
    public boolean allowsHost(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        String plain = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
        return allowHosts.isEmpty() || allowHosts.stream().anyMatch(allowed -> matches(allowed, plain));
    }

    private static boolean matches(String allowed, String host) {
        return allowed.startsWith("*.")
                ? host.length() >= allowed.length() && host.endsWith(allowed.substring(1))
                : host.equals(allowed);
    }

    /** Whether that address may be called. An IPv4 address inside of an IPv6 address is looked at too. */
    public boolean allows(InetAddress address) {
        return allowsItself(address) && (address.getAddress().length == 4 || allowsEmbedded(address.getAddress()));
    }

    private boolean allowsItself(InetAddress address) {
        return switch (refused) {
            case NOTHING -> true;
            case NOWHERE -> !isNowhere(address);
            case LINK_LOCAL ->
                !isNowhere(address) && !address.isLinkLocalAddress() && !METADATA.contains(text(address));
        };
    }

    private static boolean isNowhere(InetAddress address) {
        byte[] bytes = address.getAddress();
        return bytes.length == 4 && bytes[0] == 0 || address.isAnyLocalAddress() || address.isMulticastAddress();
    }

    /** Without the zone that an IPv6 address may name. */
    private static String text(InetAddress address) {
        String text = address.getHostAddress();
        int zone = text.indexOf('%');
        return zone < 0 ? text : text.substring(0, zone);
    }

    private boolean allowsEmbedded(byte[] v6) {
        if (startsWith(v6, 0x20, 0x02)) { // 6to4, RFC 3056
            return allowsItself(v4(v6, 2));
        }
        if (startsWith(v6, 0x00, 0x64, 0xff, 0x9b)) { // NAT64, RFC 6052
            return allowsItself(v4(v6, 12));
        }
        boolean embeds =
                isZero(v6, 0, 10) && (v6[10] == 0 && v6[11] == 0 || (v6[10] & 0xff) == 0xff && (v6[11] & 0xff) == 0xff);
        boolean loopback = isZero(v6, 0, 15) && v6[15] == 1;
        return !embeds || loopback || allowsItself(v4(v6, 12)); // IPv4-compatible and IPv4-mapped, RFC 4291
    }

    private static boolean startsWith(byte[] bytes, int... start) {
        for (int i = 0; i < start.length; i++) {
            if ((bytes[i] & 0xff) != start[i]) {
                return false;
            }
        }
        return true;
    }

    private static boolean isZero(byte[] bytes, int from, int to) {
        return Arrays.equals(bytes, from, to, new byte[to - from], 0, to - from);
    }

    private static InetAddress v4(byte[] v6, int at) {
        try {
            return InetAddress.getByAddress(Arrays.copyOfRange(v6, at, at + 4));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes are an address", e);
        }
    }
}
