package dev.weft.function;

import java.time.Duration;

/**
 * What a function says of a value it keeps.
 *
 * @param name letters, digits and underscores, beginning with none of the digits
 * @param typename of all its values
 * @param expireAfter zero for never
 */
public record ValueDeclaration(String name, String typename, Expiration expiration, Duration expireAfter) {

    /** Since when the time counts after which a value is forgotten. */
    public enum Expiration {
        NEVER,
        /** Since it was written. */
        AFTER_WRITE,
        /** Since the function was called at its address. */
        AFTER_CALL
    }

    /** Returns a value that is kept until it is removed. */
    public static ValueDeclaration kept(String name, String typename) {
        return new ValueDeclaration(name, typename, Expiration.NEVER, Duration.ZERO);
    }
}
