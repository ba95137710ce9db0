package dev.weft.workflow.host;

import dev.weft.digest.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** Ids made of what they are for: the same on every machine, for ever. Of SHA-256. */
final class StableHash {

    private StableHash() {}

    /** Returns 32 hexadecimal digits. What is in one part never looks as if it were in another. */
    static String id(String... parts) {
        return Sha256.id(hash(parts));
    }

    /** Returns 64 bits. */
    static long number(String... parts) {
        return Sha256.number(hash(parts));
    }

    private static byte[] hash(String... parts) {
        MessageDigest digest = Sha256.begin();
        for (String part : parts) {
            byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
            digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, bytes.length));
            digest.update(bytes);
        }
        return digest.digest();
    }
}
