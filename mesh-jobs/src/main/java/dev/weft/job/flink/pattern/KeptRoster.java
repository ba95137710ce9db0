package dev.weft.job.flink.pattern;

import dev.weft.cep.live.Roster;

/**
 * What a subtask that looks at events keeps of patterns.
 *
 * @param latest the time of the latest event that was seen, milliseconds since 1970
 * @param watermark what time it was for the subtask, milliseconds since 1970
 */
record KeptRoster(Roster roster, long latest, long watermark) {}
