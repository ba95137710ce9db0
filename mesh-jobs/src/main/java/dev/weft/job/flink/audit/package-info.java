/**
 * How do the numbers of the audit outlive a restart, and how are they shown? Start with
 * {@link dev.weft.job.flink.audit.AuditedOperator}. Knows nothing of what is counted.
 */
@NullMarked
package dev.weft.job.flink.audit;

import org.jspecify.annotations.NullMarked;
