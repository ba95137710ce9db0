/**
 * How do patterns come and go while events flow, and what is kept of a key? Start with
 * {@link dev.weft.cep.live.Roster}, which says which version of a pattern is looked for when, and
 * {@link dev.weft.cep.live.KeyRow}, all that is known of one key. Knows nothing of Flink.
 */
@NullMarked
package dev.weft.cep.live;

import org.jspecify.annotations.NullMarked;
