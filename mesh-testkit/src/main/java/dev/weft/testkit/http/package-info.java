/**
 * What does an HTTP client do when the other side is slow, broken or gone? Start with
 * {@link dev.weft.testkit.http.ScriptedServer}. Knows nothing of events.
 */
@NullMarked
package dev.weft.testkit.http;

import org.jspecify.annotations.NullMarked;
