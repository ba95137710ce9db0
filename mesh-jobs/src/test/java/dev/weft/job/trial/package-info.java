/**
 * Does a running job keep its promises, whatever it is fed and whatever is killed? Start with
 * {@link dev.weft.job.trial.ExactlyOnceIT}. Knows jobs only from outside: their config, their topics and REST.
 */
@NullMarked
package dev.weft.job.trial;

import org.jspecify.annotations.NullMarked;
