package dev.weft.event;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An event in binary mode: attributes in {@code ce_} headers, the content type in {@code content-type}, the payload as
 * the record's value (CloudEvents Kafka protocol binding v1.0.2, section 3.2). Header values are turned into text when
 * first asked for.
 */
final class BinaryEnvelope extends Envelope {

    static final String PREFIX = "ce_";
    static final String CONTENT_TYPE = "content-type";
    static final String SPECVERSION = "ce_specversion";

    /** What Java puts where bytes are not UTF-8; text may hold it of its own right. */
    private static final char REPLACEMENT = '\uFFFD';

    /** As many headers are looked through faster than a table of them is made. */
    private static final int FEW = 64;

    private final WireHeaders headers;
    private final byte @Nullable [] value;

    /** For each header, the attribute it carries; null for headers that carry none. */
    private final @Nullable String[] attributes;

    private final @Nullable String[] texts;

    /** Where each attribute stands first, if there are too many headers to look through them each time. */
    private final @Nullable Map<String, Integer> places;

    /** Takes headers that {@link #check} has accepted, or that were accepted before they were stored. */
    BinaryEnvelope(WireRecord wire) {
        this.headers = wire.headers();
        this.value = wire.value();
        this.attributes = new String[headers.size()];
        this.texts = new String[headers.size()];
        for (int i = 0; i < attributes.length; i++) {
            attributes[i] = AttributeNames.ofHeader(headers.name(i));
        }
        this.places = attributes.length > FEW ? places(attributes) : null;
    }

    private static Map<String, Integer> places(@Nullable String[] attributes) {
        Map<String, Integer> places = new HashMap<>();
        for (int i = 0; i < attributes.length; i++) {
            String name = attributes[i];
            if (name != null) {
                places.putIfAbsent(name, i);
            }
        }
        return places;
    }

    /** Refuses headers that make no event. */
    void check() throws RefusalException {
        boolean id = false;
        boolean source = false;
        boolean type = false;
        for (int i = 0; i < headers.size(); i++) {
            String name = attributes[i];
            if (name != null) {
                checkAttribute(i, name);
                id |= name.equals("id");
                source |= name.equals("source");
                type |= name.equals("type");
            }
        }
        String missing = !id ? "id" : !source ? "source" : !type ? "type" : null;
        if (missing != null) {
            throw new RefusalException(Reason.MISSING_ATTRIBUTE, "the attribute " + missing + " is missing");
        }
    }

    private void checkAttribute(int index, String name) throws RefusalException {
        if (!AttributeRules.isName(name)) {
            throw new RefusalException(
                    Reason.INVALID_ATTRIBUTE,
                    "the header " + headers.name(index) + " names no attribute: lower-case letters and digits only");
        }
        if (indexOf(name) != index) {
            throw new RefusalException(Reason.INVALID_ATTRIBUTE, "the attribute " + name + " stands twice");
        }
        byte[] value = headers.value(index);
        // Nearly all values are plain ASCII and plainly right: they become text only if a rule asks for it.
        if (value == null || !AttributeRules.isPlainlyRight(name, value)) {
            checkText(index, name);
        }
    }

    private void checkText(int index, String name) throws RefusalException {
        String text = decode(index, name);
        texts[index] = text;
        if (name.equals("specversion")) {
            if (!text.equals("1.0")) {
                throw new RefusalException(
                        Reason.UNSUPPORTED_VERSION, "the event's specversion is " + text + "; 1.0 is supported");
            }
            return;
        }
        String fault = AttributeRules.faultOf(name, text);
        if (fault != null) {
            boolean missing = text.isEmpty() && (name.equals("id") || name.equals("source") || name.equals("type"));
            throw new RefusalException(
                    missing ? Reason.MISSING_ATTRIBUTE : Reason.INVALID_ATTRIBUTE,
                    "the attribute " + name + " " + fault);
        }
    }

    private String decode(int index, String name) throws RefusalException {
        byte[] bytes = headers.value(index);
        if (bytes == null) {
            throw new RefusalException(Reason.INVALID_ATTRIBUTE, "the attribute " + name + " has no value");
        }
        String text = Text.of(bytes);
        if (text.indexOf(REPLACEMENT) < 0) {
            return text;
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new RefusalException(Reason.INVALID_ATTRIBUTE, "the attribute " + name + " is not UTF-8");
        }
    }

    @Override
    @Nullable
    String text(String attribute) {
        int index = indexOf(attribute);
        return index < 0 ? null : textAt(index);
    }

    private @Nullable String textAt(int index) {
        String text = texts[index];
        byte[] bytes = headers.value(index);
        if (text == null && bytes != null) {
            text = Text.of(bytes);
            texts[index] = text;
        }
        return text;
    }

    private int indexOf(String attribute) {
        if (places != null) {
            return places.getOrDefault(attribute, -1);
        }
        for (int i = 0; i < attributes.length; i++) {
            if (attribute.equals(attributes[i])) {
                return i;
            }
        }
        return -1;
    }

    @Override
    Set<String> names() {
        Set<String> names = new LinkedHashSet<>();
        for (String name : attributes) {
            if (name != null) {
                names.add(name);
            }
        }
        return names;
    }

    @Override
    byte @Nullable [] payload() {
        return value == null || value.length == 0 ? null : value;
    }

    @Override
    PayloadReading readJson(Projection wanted, boolean claimed) {
        if (value == null || value.length == 0) {
            return PayloadReading.NONE;
        }
        PayloadReading reading = JsonPayload.read(value, 0, value.length, wanted);
        return !claimed && reading.damage() != null ? PayloadReading.NONE : reading;
    }
}
