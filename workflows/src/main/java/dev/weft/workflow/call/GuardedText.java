package dev.weft.workflow.call;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.weft.workflow.jq.UriTemplate;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;

/**
 * A text in which secrets are to stand, by their names. May be kept and shown: the secrets are not in it.
 *
 * @param texts what stands around the secrets; one more than there are secrets
 * @param escape how a secret is written into it
 */
record GuardedText(List<String> texts, List<String> secrets, Escape escape) {

    private static final String HIDDEN = "***";

    /** What a secret must not break out of. */
    enum Escape {
        NONE,
        URI,
        JSON
    }

    GuardedText {
        texts = List.copyOf(texts);
        secrets = List.copyOf(secrets);
        if (texts.size() != secrets.size() + 1) {
            throw new IllegalArgumentException(secrets.size() + " secrets in " + texts.size() + " texts");
        }
    }

    /** Returns a text that was rendered, the placeholders in it as names. */
    static GuardedText of(String rendered, Escape escape) {
        if (!SecretPlaceholder.isIn(rendered)) {
            return new GuardedText(List.of(rendered), List.of(), escape);
        }
        List<String> texts = new ArrayList<>();
        List<String> secrets = new ArrayList<>();
        Matcher placeholder = SecretPlaceholder.TEXT.matcher(rendered);
        int from = 0;
        while (placeholder.find()) {
            texts.add(rendered.substring(from, placeholder.start()));
            secrets.add(SecretPlaceholder.name(placeholder.group(1)));
            from = placeholder.end();
        }
        texts.add(rendered.substring(from));
        return new GuardedText(texts, secrets, escape);
    }

    /** Returns the text with the secrets. */
    String filled(Secrets values) {
        StringBuilder text = new StringBuilder(texts.get(0));
        for (int i = 0; i < secrets.size(); i++) {
            String secret = values.get(secrets.get(i));
            switch (escape) {
                case NONE -> text.append(secret);
                case URI -> UriTemplate.encode(secret, text);
                case JSON -> text.append(JsonStringEncoder.getInstance().quoteAsString(secret));
            }
            text.append(texts.get(i + 1));
        }
        return text.toString();
    }

    /** Returns the text with stars for secrets. */
    String shown() {
        return String.join(HIDDEN, texts);
    }

    @Override
    public String toString() {
        return shown();
    }
}
