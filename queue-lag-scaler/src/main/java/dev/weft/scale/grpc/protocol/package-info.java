/** The messages and the service of KEDA's external scalers, as {@code externalscaler.proto} says them; generated. */
@NullMarked
package dev.weft.scale.grpc.protocol;

import org.jspecify.annotations.NullMarked;
