package dev.weft.digest;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 (FIPS 180-4), whole or its first bits. All of a text is hashed, as UTF-8. */
public final class Sha256 {

    private static final int ID_BYTES = 16;

    private Sha256() {}

    /**
     * Returns one that has hashed nothing yet, for what comes in parts, or often. Not safe for use by several threads.
     */
    public static MessageDigest begin() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Returns all 32 bytes. */
    public static byte[] of(byte[] bytes) {
        return begin().digest(bytes);
    }

    /** Returns all 32 bytes. */
    public static byte[] of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Returns the first 128 bits of a hash: 32 hexadecimal digits. */
    public static String id(byte[] hash) {
        return HexFormat.of().formatHex(hash, 0, ID_BYTES);
    }

    /** Returns the first 64 bits of a hash. */
    public static long number(byte[] hash) {
        return ByteBuffer.wrap(hash).getLong();
    }
}
