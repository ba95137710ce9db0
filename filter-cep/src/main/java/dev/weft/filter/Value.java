package dev.weft.filter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * One value of the event at hand, with what was found out about it: many tests ask the same number or the same address.
 * Reused for the values of later events.
 */
final class Value {

    /** What it is in the payload; missing where it is an attribute. */
    private JsonNode node = MissingNode.getInstance();

    private @Nullable String text;
    private @Nullable String folded;
    private @Nullable Decimal number;
    private @Nullable IpAddress address;
    private boolean numberKnown;
    private boolean addressKnown;

    void setAttribute(String attribute) {
        reset(MissingNode.getInstance(), attribute);
    }

    void setNode(JsonNode value) {
        reset(value, value.textValue());
    }

    private void reset(JsonNode newNode, @Nullable String newText) {
        node = newNode;
        text = newText;
        folded = null;
        numberKnown = false;
        addressKnown = false;
    }

    /** Returns what it is in the payload; a missing node where it is an attribute. */
    JsonNode node() {
        return node;
    }

    /** Returns the text; null if it is no text. */
    @Nullable
    String text() {
        return text;
    }

    /** Returns the folded form of the text, as {@link FoldedText} folds. */
    String folded(String unfolded) {
        String known = folded;
        if (known == null) {
            known = isFolded(unfolded) ? unfolded : FoldedText.of(unfolded).folded();
            folded = known;
        }
        return known;
    }

    private static boolean isFolded(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0x80 || (c >= 'A' && c <= 'Z')) {
                return false;
            }
        }
        return true;
    }

    /** Returns the number it is, of an attribute the number that it spells; null if it is none. */
    @Nullable
    Decimal number() {
        if (!numberKnown) {
            BigDecimal exact = node.isMissingNode() && text != null ? JsonNumber.parse(text) : JsonNumber.of(node);
            number = exact == null ? null : Decimal.of(exact);
            numberKnown = true;
        }
        return number;
    }

    /** Returns the IP address that the text spells; null if it spells none. */
    @Nullable
    IpAddress address() {
        if (!addressKnown) {
            address = text == null ? null : IpAddress.parse(text);
            addressKnown = true;
        }
        return address;
    }

    /** Returns the value as people are shown it. */
    String inWords() {
        return text == null ? Quoted.value(node) : Quoted.text(text);
    }

    /** Returns whether it is what is asked for; of numbers {@link #number} knows more. */
    boolean isWhat(Condition asked) {
        return text != null && node.isMissingNode() ? asked.matchesText(text) : asked.matches(node);
    }
}
