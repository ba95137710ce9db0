package dev.weft.function;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** A value as people read it. */
public final class ValueText {

    private static final String BUILT_IN = "io.statefun.types/";
    private static final int FIELD = 1;

    private ValueText() {}

    /**
     * Returns the value of one of the SDK's own types as it is; of another type its text, where the bytes are text, or
     * else {@code base64:} and the bytes.
     */
    public static String of(TypedValue value) {
        String known = value.typename().startsWith(BUILT_IN) ? builtIn(value) : null;
        return known == null ? unknown(value.bytes()) : known;
    }

    /** The SDK's own types are messages of one field, which is left out where it is zero. */
    private static @Nullable String builtIn(TypedValue value) {
        CodedInputStream in = CodedInputStream.newInstance(value.bytes());
        String type = value.typename().substring(BUILT_IN.length());
        try {
            boolean isZero = in.isAtEnd();
            if (!isZero && WireFormat.getTagFieldNumber(in.readTag()) != FIELD) {
                return null;
            }
            return switch (type) {
                case "bool" -> Boolean.toString(!isZero && in.readBool());
                case "int" -> Integer.toString(isZero ? 0 : in.readSFixed32());
                case "long" -> Long.toString(isZero ? 0 : in.readSFixed64());
                case "float" -> Float.toString(isZero ? 0 : in.readFloat());
                case "double" -> Double.toString(isZero ? 0 : in.readDouble());
                case "string" -> isZero ? "" : in.readStringRequireUtf8();
                default -> null;
            };
        } catch (IOException e) {
            return null; // not what its type says: shown as any bytes
        }
    }

    private static String unknown(byte[] bytes) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            boolean isReadable = text.chars().noneMatch(c -> Character.isISOControl(c) && !Character.isWhitespace(c));
            if (isReadable) {
                return text;
            }
        } catch (CharacterCodingException e) {
            // no text: shown as bytes
        }
        return "base64:" + Base64.getEncoder().encodeToString(bytes);
    }
}
