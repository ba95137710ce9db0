package dev.weft.filter;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * An IP address. The two families are kept apart: {@code ::ffff:10.0.0.1} is an IPv6 address and not {@code 10.0.0.1}.
 *
 * @param isV6 whether it is an IPv6 address
 * @param high the upper 64 bits of an IPv6 address; 0 of an IPv4 address
 * @param low the lower 64 bits of an IPv6 address; the 32 bits of an IPv4 address
 */
public record IpAddress(boolean isV6, long high, long low) implements Serializable {

    private static final int LONGEST = 45;
    private static final int GROUPS = 8;

    /**
     * Returns the address that {@code text} spells, or null if it spells none. IPv4 is four decimal numbers without
     * leading zeros; IPv6 is RFC 4291's forms, without a zone.
     */
    public static @Nullable IpAddress parse(String text) {
        if (text.length() < 2 || text.length() > LONGEST) {
            return null;
        }
        if (text.indexOf(':') >= 0) {
            return parseV6(text);
        }
        long bits = parseV4(text, 0);
        return bits < 0 ? null : new IpAddress(false, 0, bits);
    }

    /** Returns the address with all but its first {@code length} bits zero. */
    IpAddress masked(int length) {
        if (!isV6) {
            return new IpAddress(false, 0, low & ~ones(32 - length));
        }
        return new IpAddress(true, high & ~ones(64 - length), low & ~ones(128 - length));
    }

    /** Returns a number whose {@code count} lowest bits are set; none if negative, all if 64 and more. */
    private static long ones(int count) {
        return count >= 64 ? -1L : count <= 0 ? 0 : (1L << count) - 1;
    }

    /** Returns the 32 bits of the dotted address that {@code text} is from {@code at} on, or -1 if it is none. */
    private static long parseV4(String text, int at) {
        long bits = 0;
        int parts = 0;
        int from = at;
        while (true) {
            int end = from;
            int number = 0;
            while (end < text.length() && end < from + 3 && isDigit(text.charAt(end))) {
                number = number * 10 + (text.charAt(end) - '0');
                end++;
            }
            boolean leadingZero = end - from > 1 && text.charAt(from) == '0';
            if (end == from || leadingZero || number > 255) {
                return -1;
            }
            bits = bits << 8 | number;
            parts++;
            if (parts == 4) {
                return end == text.length() ? bits : -1;
            }
            if (end == text.length() || text.charAt(end) != '.') {
                return -1;
            }
            from = end + 1;
        }
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static @Nullable IpAddress parseV6(String text) {
        int[] groups = new int[GROUPS];
        int count = 0;
        int gapBefore = -1;
        int at = 0;
        if (text.startsWith("::")) {
            gapBefore = 0;
            at = 2;
        }
        while (at < text.length()) {
            if (count == GROUPS) {
                return null;
            }
            int end = endOfGroup(text, at);
            if (end < text.length() && text.charAt(end) == '.') {
                long bits = count <= GROUPS - 2 ? parseV4(text, at) : -1;
                if (bits < 0) {
                    return null;
                }
                groups[count++] = (int) (bits >>> 16);
                groups[count++] = (int) (bits & 0xFFFF);
                break;
            }
            if (end == at) {
                return null;
            }
            groups[count++] = Integer.parseInt(text, at, end, 16);
            if (end == text.length()) {
                break;
            }
            if (text.charAt(end) != ':' || end + 1 == text.length()) {
                return null;
            }
            at = end + 1;
            if (text.charAt(at) == ':') {
                if (gapBefore >= 0) {
                    return null;
                }
                gapBefore = count;
                at++;
            }
        }
        return gapBefore < 0 ? (count == GROUPS ? ofGroups(groups) : null) : spread(groups, count, gapBefore);
    }

    private static int endOfGroup(String text, int at) {
        int end = at;
        while (end < text.length()
                && end < at + 4
                && Character.digit(text.charAt(end), 16) >= 0
                && text.charAt(end) < 0x80) {
            end++;
        }
        return end;
    }

    /** Fills the gap that {@code ::} stands for, at least one group, with zeros. */
    private static @Nullable IpAddress spread(int[] groups, int count, int gapBefore) {
        if (count == GROUPS) {
            return null;
        }
        int[] spread = new int[GROUPS];
        System.arraycopy(groups, 0, spread, 0, gapBefore);
        int after = count - gapBefore;
        System.arraycopy(groups, gapBefore, spread, GROUPS - after, after);
        return ofGroups(spread);
    }

    private static IpAddress ofGroups(int[] groups) {
        long high = 0;
        long low = 0;
        for (int i = 0; i < 4; i++) {
            high = high << 16 | groups[i];
            low = low << 16 | groups[i + 4];
        }
        return new IpAddress(true, high, low);
    }
}
