/**
 * What is in a topic, and how does a test put it there? Start with {@link dev.weft.testkit.kafka.TopicReader}. Knows
 * bytes and offsets, not events.
 */
@NullMarked
package dev.weft.testkit.kafka;

import org.jspecify.annotations.NullMarked;
