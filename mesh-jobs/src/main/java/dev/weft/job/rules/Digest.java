package dev.weft.job.rules;

import dev.weft.digest.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** A short text that stands for long ones: equal ones have equal digests, and no two others were ever found. */
final class Digest {

    private Digest() {}

    static String of(String... texts) {
        MessageDigest digest = Sha256.begin();
        for (String text : texts) {
            digest.update(text.getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0);
        }
        return Sha256.id(digest.digest());
    }
}
