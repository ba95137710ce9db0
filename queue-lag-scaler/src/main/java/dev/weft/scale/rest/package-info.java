/**
 * What does a Flink cluster say of a job, and how is the job told its size? Start with
 * {@link dev.weft.scale.rest.FlinkJobs}, which speaks with the REST interface of JobManagers; what it cannot find out
 * is unknown with a reason, never a number. Does not know what size is wanted, nor why.
 */
@NullMarked
package dev.weft.scale.rest;

import org.jspecify.annotations.NullMarked;
