/** What do the runtime and a remote function say to each other? Generated from {@code request_reply.proto}. */
@NullMarked
package dev.weft.function.protocol;

import org.jspecify.annotations.NullMarked;
