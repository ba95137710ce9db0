package dev.weft.http;

import dev.weft.config.SecretText;
import java.io.Serializable;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** How a call proves who makes it. Holds references to secrets, no secrets. */
public sealed interface HttpAuth extends Serializable {

    /** User and password (RFC 7617). */
    record Basic(SecretText user, SecretText password) implements HttpAuth {}

    /** A token (RFC 6750). */
    record Bearer(SecretText token) implements HttpAuth {}

    /** A key in a header. */
    record HeaderKey(String header, SecretText value) implements HttpAuth {}

    /** A key as a parameter of the query. */
    record QueryKey(String parameter, SecretText value) implements HttpAuth {}

    /**
     * A token that is fetched with the client's own credentials (RFC 6749, section 4.4).
     *
     * @param scope several are separated by spaces
     * @param audience sent as a parameter of that name, which some servers want
     */
    record OAuth2(
            URI tokenUrl,
            SecretText clientId,
            SecretText clientSecret,
            @Nullable String scope,
            @Nullable String audience)
            implements HttpAuth {}
}
