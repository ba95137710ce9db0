package dev.weft.job.flink.deliver;

import java.util.Map;

/**
 * A {@link dev.weft.delivery.Ledger} as it is kept: what changes in place is no value for a state.
 *
 * @param numbers as the ledger has them; nobody may write to them
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record KeptLedger(long[] numbers, Map<String, Long> parked, Map<String, Long> retrying) {}
