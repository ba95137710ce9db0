/**
 * How are targets delivered to within a Flink job? Start with {@link dev.weft.job.flink.deliver.DeliverOperator}. Holds
 * no delivery logic of its own: that is {@link dev.weft.delivery.Courier}'s.
 */
@NullMarked
package dev.weft.job.flink.deliver;

import org.jspecify.annotations.NullMarked;
