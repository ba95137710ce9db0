package dev.weft.workflow.call;

import dev.weft.config.SecretText;
import dev.weft.config.SecretUnavailable;
import java.util.Map;

/** Where secrets are looked up, each time one is needed. */
@FunctionalInterface
public interface Secrets {

    /**
     * Returns the secret.
     *
     * @throws SecretUnavailable if there is none of that name, or it cannot be had
     */
    String get(String name);

    /** Returns secrets that are kept in the environment and in files. */
    static Secrets of(Map<String, SecretText> texts, Map<String, String> environment) {
        return name -> {
            SecretText text = texts.get(name);
            if (text == null) {
                throw new SecretUnavailable("there is no secret \"" + name + "\"");
            }
            return text.resolve(environment);
        };
    }
}
