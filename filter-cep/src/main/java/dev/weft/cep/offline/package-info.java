/**
 * What do patterns find in events that are all known, and why not more? Start with
 * {@link dev.weft.cep.offline.PatternRun}; {@code KeyHistory} tells the story of one key. Knows nothing of files, of
 * channels, nor of a running job, and finds what a job finds because it asks the same engines.
 */
@NullMarked
package dev.weft.cep.offline;

import org.jspecify.annotations.NullMarked;
