package dev.weft.filter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * What a rule asks of text. Text is compared code unit by code unit, without Unicode normalisation; numbers are not
 * text.
 */
public sealed interface TextCondition extends Condition {

    @Override
    default boolean matches(JsonNode value) {
        return value.isTextual() && matchesText(value.textValue());
    }

    /**
     * One or more literals: the text is one of them. A literal that is an IPv6 address also stands for the other
     * spellings of that address.
     *
     * @param texts the literals, in the rule's order
     * @param addresses those of them that are IPv6 addresses
     */
    record TextIn(Set<String> texts, Set<IpAddress> addresses) implements TextCondition {

        private static final int MOST_WORDS = 10;

        /** Returns the condition for these literals. */
        static TextIn of(Collection<String> texts) {
            Set<IpAddress> addresses = new LinkedHashSet<>();
            for (String text : texts) {
                IpAddress address = IpAddress.parse(text);
                if (address != null && address.isV6()) {
                    addresses.add(address);
                }
            }
            return new TextIn(new LinkedHashSet<>(texts), addresses);
        }

        /** Returns the condition for these literals, of which none stands for other spellings. */
        static TextIn exactly(Collection<String> texts) {
            return new TextIn(new LinkedHashSet<>(texts), Set.of());
        }

        /** Keeps the order, which {@code Set.copyOf} would not. */
        public TextIn {
            texts = texts.size() == 1 ? Set.copyOf(texts) : Collections.unmodifiableSet(new LinkedHashSet<>(texts));
            addresses = Set.copyOf(addresses);
        }

        @Override
        public boolean matchesText(String text) {
            return texts.contains(text) || (!addresses.isEmpty() && isAddress(text));
        }

        private boolean isAddress(String text) {
            IpAddress address = IpAddress.parse(text);
            return address != null && addresses.contains(address);
        }

        @Override
        public String words() {
            if (texts.size() == 1) {
                return "is " + Quoted.text(texts.iterator().next());
            }
            String shown = String.join(
                    ", ", texts.stream().limit(MOST_WORDS).map(Quoted::text).toList());
            return "is one of " + shown + (texts.size() > MOST_WORDS ? ", ... (" + texts.size() + " in all)" : "");
        }

        @Override
        public void writeTo(ArrayNode alternatives) {
            for (String text : texts) {
                if (isAddressTakenAsText(text)) {
                    alternatives.addObject().put("$text", text);
                } else {
                    alternatives.add(text);
                }
            }
        }

        private boolean isAddressTakenAsText(String text) {
            IpAddress address = IpAddress.parse(text);
            return address != null && address.isV6() && !addresses.contains(address);
        }
    }

    /** {@code {prefix: a}}. Every text starts with the empty prefix. */
    record Prefix(String prefix) implements TextCondition {

        @Override
        public boolean matchesText(String text) {
            return text.startsWith(prefix);
        }

        @Override
        public String words() {
            return "starts with " + Quoted.text(prefix);
        }

        @Override
        public void writeTo(ArrayNode alternatives) {
            alternatives.addObject().put("prefix", prefix);
        }
    }

    /** {@code {suffix: z}}. Every text ends with the empty suffix. */
    record Suffix(String suffix) implements TextCondition {

        @Override
        public boolean matchesText(String text) {
            return text.endsWith(suffix);
        }

        @Override
        public String words() {
            return "ends with " + Quoted.text(suffix);
        }

        @Override
        public void writeTo(ArrayNode alternatives) {
            alternatives.addObject().put("suffix", suffix);
        }
    }

    /** {@code {equals-ignore-case: Ab}}. */
    record EqualsIgnoringCase(FoldedText wanted) implements TextCondition {

        @Override
        public boolean matchesText(String text) {
            return wanted.isAllOf(text);
        }

        @Override
        public String words() {
            return "is " + Quoted.text(wanted.text()) + " in any case";
        }

        @Override
        public void writeTo(ArrayNode alternatives) {
            alternatives.addObject().put("equals-ignore-case", wanted.text());
        }
    }

    /** {@code {prefix: {equals-ignore-case: Ab}}}. */
    record PrefixIgnoringCase(FoldedText prefix) implements TextCondition {

        @Override
        public boolean matchesText(String text) {
            return prefix.isStartOf(text);
        }

        @Override
        public String words() {
            return "starts with " + Quoted.text(prefix.text()) + " in any case";
        }

        @Override
        public void writeTo(ArrayNode alternatives) {
            alternatives.addObject().putObject("prefix").put("equals-ignore-case", prefix.text());
        }
    }

    /** {@code {suffix: {equals-ignore-case: yZ}}}. */
    record SuffixIgnoringCase(FoldedText suffix) implements TextCondition {

        @Override
        public boolean matchesText(String text) {
            return suffix.isEndOf(text);
        }

        @Override
        public String words() {
            return "ends with " + Quoted.text(suffix.text()) + " in any case";
        }

        @Override
        public void writeTo(ArrayNode alternatives) {
            alternatives.addObject().putObject("suffix").put("equals-ignore-case", suffix.text());
        }
    }

    /** {@code {wildcard: a*z}}, where {@code *} stands for any text, also none. */
    record Wildcard(Glob glob) implements TextCondition {

        @Override
        public boolean matchesText(String text) {
            return glob.matches(text);
        }

        @Override
        public String words() {
            return "is like " + Quoted.text(glob.pattern());
        }

        @Override
        public void writeTo(ArrayNode alternatives) {
            alternatives.addObject().put("wildcard", glob.pattern());
        }
    }

    /** {@code {regex: "a|b+"}}: the whole text matches. Ours, not EventBridge's. */
    record Regex(Expression expression) implements TextCondition {

        @Override
        public boolean matchesText(String text) {
            return expression.matches(text);
        }

        @Override
        public boolean isCostly() {
            return true;
        }

        @Override
        public String words() {
            return "matches " + Quoted.text(expression.toString());
        }

        @Override
        public void writeTo(ArrayNode alternatives) {
            alternatives.addObject().put("regex", expression.toString());
        }
    }

    /** {@code {topic: orders/+/eu/#}}: the levels of the text are of that form. Ours, not EventBridge's. */
    record Topic(TopicFilter filter) implements TextCondition {

        @Override
        public boolean matchesText(String text) {
            return filter.matches(text);
        }

        @Override
        public String words() {
            return "has the levels " + Quoted.text(filter.toString());
        }

        @Override
        public void writeTo(ArrayNode alternatives) {
            alternatives.addObject().put("topic", filter.toString());
        }
    }

    /** {@code {cidr: 10.0.0.0/24}}: the text is an IP address of that block. */
    record Cidr(IpBlock block) implements TextCondition {

        @Override
        public boolean matchesText(String text) {
            IpAddress address = IpAddress.parse(text);
            return address != null && block.contains(address);
        }

        @Override
        public String words() {
            return "is an address in " + block;
        }

        @Override
        public void writeTo(ArrayNode alternatives) {
            alternatives.addObject().put("cidr", block.toString());
        }
    }
}
