/**
 * How is an HTTP endpoint called: safely, without a thread for each call, and with every outcome told apart? Start with
 * {@link dev.weft.http.HttpEndpoint}. Knows nothing of when a call is made or repeated.
 */
@NullMarked
package dev.weft.http;

import org.jspecify.annotations.NullMarked;
