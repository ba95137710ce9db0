/**
 * What does one file of {@code job-configs} ask for? Start with {@link dev.weft.job.JobConfigReader}, which gives a
 * {@link dev.weft.job.JobConfig} or every mistake in the file. Knows nothing of how the job is run.
 */
@NullMarked
package dev.weft.job;

import org.jspecify.annotations.NullMarked;
