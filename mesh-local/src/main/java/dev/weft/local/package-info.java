/**
 * What does a mesh need around it on one machine? A Kafka broker, a folder that holds everything written, and logs kept
 * off the terminal. Start with {@link dev.weft.local.EmbeddedKafka}. Knows nothing of events, routes or jobs.
 */
@NullMarked
package dev.weft.local;

import org.jspecify.annotations.NullMarked;
