/**
 * How is a job started, watched and stopped on a Flink cluster that is already there? Speaks the JobManager's REST
 * interface; start with {@link dev.weft.job.cluster.FlinkRest}. Knows neither Flink's classes nor the job config.
 */
@NullMarked
package dev.weft.job.cluster;

import org.jspecify.annotations.NullMarked;
