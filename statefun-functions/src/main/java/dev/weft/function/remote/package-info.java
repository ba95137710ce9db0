/**
 * How is a function called that is served over HTTP? With the request-reply protocol of Apache StateFun 3.x, without a
 * thread for each call.
 */
@NullMarked
package dev.weft.function.remote;

import org.jspecify.annotations.NullMarked;
