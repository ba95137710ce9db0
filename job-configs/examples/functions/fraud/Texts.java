package com.bank;

import java.nio.charset.StandardCharsets;
import org.apache.flink.statefun.sdk.java.TypeName;
import org.apache.flink.statefun.sdk.java.types.SimpleType;
import org.apache.flink.statefun.sdk.java.types.Type;

/** Types of messages that are plain text. */
final class Texts {

    private Texts() {}

    static Type<String> named(String name) {
        return SimpleType.simpleImmutableTypeFrom(
                TypeName.typeNameFromString(name),
                text -> text.getBytes(StandardCharsets.UTF_8),
                bytes -> new String(bytes, StandardCharsets.UTF_8));
    }
}
