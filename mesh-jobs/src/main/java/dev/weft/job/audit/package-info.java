/**
 * Is every event that was read accounted for? Each operator keeps a {@link dev.weft.job.audit.Book} of what it decided
 * or delivered; start with {@link dev.weft.job.audit.Balance}, which adds the books up. Knows neither how the books are
 * kept over a restart nor how they are collected.
 */
@NullMarked
package dev.weft.job.audit;

import org.jspecify.annotations.NullMarked;
