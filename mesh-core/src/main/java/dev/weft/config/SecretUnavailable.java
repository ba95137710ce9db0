package dev.weft.config;

/** A secret that a config refers to cannot be had here. The message names the reference, never the secret. */
public final class SecretUnavailable extends RuntimeException {

    public SecretUnavailable(String message) {
        super(message);
    }
}
