/**
 * What does a person, or Prometheus, see of the scaler? {@link dev.weft.scale.http.StatusServer} serves decisions with
 * their arithmetic, metrics and whether it is alive and ready, over plain HTTP. Start with it. Does not decide
 * anything.
 */
@NullMarked
package dev.weft.scale.http;

import org.jspecify.annotations.NullMarked;
