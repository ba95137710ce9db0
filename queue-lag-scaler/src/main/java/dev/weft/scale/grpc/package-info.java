/**
 * What does KEDA ask, and how is it told? {@link dev.weft.scale.grpc.ScalerServer} speaks KEDA's protocol of external
 * scalers and completes every call soon, from what {@link dev.weft.scale.control.Answers} knows at that moment. Start
 * with {@link dev.weft.scale.grpc.ScalerService}. Does not know how anything becomes known.
 */
@NullMarked
package dev.weft.scale.grpc;

import org.jspecify.annotations.NullMarked;
