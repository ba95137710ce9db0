package dev.weft.workflow.call;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Collection;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * What {@code $secrets} is while the arguments of a call are rendered: an object in which the name of each secret
 * stands for a text that stands for it. {@link CallRequest#of} finds these texts wherever they came to stand, and notes
 * the names instead; the secrets themselves are filled in when the call is made, as it suits the place: escaped in
 * JSON, encoded in a URL.
 *
 * <p>The texts are made of a number nobody knows outside of this process, so no data can name a secret. They are never
 * kept. They have only characters that mean nothing in URLs and JSON; an expression that takes them apart or encodes
 * them gives no secret, which is why the definition is checked for that.
 */
public final class SecretPlaceholder {

    private static final HexFormat HEX = HexFormat.of();
    private static final String START = "weft.secret." + nonce() + ".";

    /** One text; its group is the name in hex. */
    static final Pattern TEXT = Pattern.compile(Pattern.quote(START) + "((?:[0-9a-f]{2})+)\\.");

    private SecretPlaceholder() {}

    /** Returns what {@code $secrets} is, for a definition that uses secrets of these names. */
    public static ObjectNode secrets(Collection<String> names) {
        ObjectNode secrets = JsonNodeFactory.instance.objectNode();
        for (String name : names) {
            secrets.put(name, START + HEX.formatHex(name.getBytes(StandardCharsets.UTF_8)) + ".");
        }
        return secrets;
    }

    /** Returns whether a secret is to stand somewhere in the text. */
    static boolean isIn(String text) {
        return text.contains(START);
    }

    static String name(String hex) {
        return new String(HEX.parseHex(hex), StandardCharsets.UTF_8);
    }

    private static String nonce() {
        byte[] number = new byte[16];
        new SecureRandom().nextBytes(number);
        return HEX.formatHex(number);
    }
}
