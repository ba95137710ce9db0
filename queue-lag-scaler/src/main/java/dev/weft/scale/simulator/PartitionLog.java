package dev.weft.scale.simulator;

import java.util.Arrays;

/**
 * One partition of a topic: what was written, when, and at which offsets. Runs of records that were written in one
 * second are kept together. A run may span more offsets than it has records: compaction thins it; a marker of a
 * transaction is a run of one offset without a record.
 */
final class PartitionLog {

    private long[] starts = new long[256];
    private int[] spans = new int[256];
    private int[] records = new int[256];
    private int[] readableAt = new int[256];
    private long[] recordsBefore = new long[256];
    private int runs;
    private int readableRuns;
    private int firstRun;
    private int thinnedRuns;
    private long end;
    private int epoch;

    /** Appends records; those of an open transaction can be read only after {@link #commit}. */
    void append(int second, int count, boolean open) {
        if (count == 0) {
            return;
        }
        run(second, count, count);
        if (!open) {
            readableRuns = runs;
        }
    }

    /** Ends the open transaction with a marker, if there is one. */
    void commit(int second) {
        if (readableRuns == runs) {
            return;
        }
        Arrays.fill(readableAt, readableRuns, runs, second);
        run(second, 1, 0);
        readableRuns = runs;
    }

    private void run(int second, int span, int count) {
        if (runs == starts.length) {
            starts = Arrays.copyOf(starts, runs * 2);
            spans = Arrays.copyOf(spans, runs * 2);
            records = Arrays.copyOf(records, runs * 2);
            readableAt = Arrays.copyOf(readableAt, runs * 2);
            recordsBefore = Arrays.copyOf(recordsBefore, runs * 2);
        }
        starts[runs] = end;
        spans[runs] = span;
        records[runs] = count;
        readableAt[runs] = second;
        recordsBefore[runs] = runs == 0 ? 0 : recordsBefore[runs - 1] + records[runs - 1];
        end += span;
        runs++;
    }

    /** Keeps that share of the records of each run that became readable before a second; never thins the last run. */
    void compact(int before, double kept) {
        int from = thinnedRuns;
        double carried = 0;
        while (thinnedRuns < readableRuns - 1 && readableAt[thinnedRuns] < before) {
            double exact = records[thinnedRuns] * kept + carried;
            int left = (int) Math.min(records[thinnedRuns], Math.round(exact));
            carried = exact - left;
            records[thinnedRuns] = left;
            thinnedRuns++;
        }
        for (int run = Math.max(1, from); run < runs; run++) {
            recordsBefore[run] = recordsBefore[run - 1] + records[run - 1];
        }
    }

    /** Deletes all runs that became readable before a second, as retention does. */
    void deleteBefore(int second) {
        while (firstRun < readableRuns && readableAt[firstRun] < second) {
            firstRun++;
        }
    }

    /** Deletes all and begins at offset 0 again, as a topic does that is deleted and created. */
    void recreate() {
        runs = 0;
        readableRuns = 0;
        firstRun = 0;
        thinnedRuns = 0;
        end = 0;
        epoch++;
    }

    long logStart() {
        return firstRun < runs ? starts[firstRun] : end;
    }

    long stableEnd() {
        return readableRuns < runs ? starts[readableRuns] : end;
    }

    long highWatermark() {
        return end;
    }

    /** Returns how many times the topic was created anew. */
    int epoch() {
        return epoch;
    }

    /** Returns a reader that stands at the first record there is. */
    Cursor cursor() {
        return new Cursor();
    }

    /** A reader of committed records. */
    final class Cursor {

        private int run;
        private int taken;
        private long position;

        private Cursor() {
            seek(logStart());
        }

        /** Goes to an offset, or to the first one there is if that is gone, or to the end if it is beyond. */
        void seek(long offset) {
            position = Math.min(Math.max(offset, logStart()), end);
            int found = Arrays.binarySearch(starts, firstRun, runs, position);
            run = found >= 0 ? found : Math.max(firstRun, -found - 2);
            taken = 0;
            if (run < runs) {
                long into = position - starts[run];
                taken = into >= spans[run] ? records[run] : (int) ((into * records[run] + spans[run] - 1) / spans[run]);
            }
            skip();
        }

        private void skip() {
            while (run < readableRuns && taken >= records[run]) {
                run++;
                taken = 0;
            }
        }

        /** Returns how many records can be read from here on. */
        long waiting() {
            if (run >= readableRuns) {
                return 0;
            }
            int last = readableRuns - 1;
            return recordsBefore[last] + records[last] - recordsBefore[run] - taken;
        }

        /** Returns the second since which the next record can be read; only if one waits. */
        int oldest() {
            return readableAt[run];
        }

        /** Returns the offset of the next record; only if one waits. */
        long next() {
            return starts[run] + (long) taken * spans[run] / records[run];
        }

        /** Returns how many records stand before this place. */
        long passed() {
            return run < runs
                    ? recordsBefore[run] + taken
                    : runs == 0 ? 0 : recordsBefore[runs - 1] + records[runs - 1];
        }

        /** Returns the offset behind the last record that was taken; a marker behind it is not passed. */
        long position() {
            return position;
        }

        /** Takes up to so many records, and returns how many. */
        long take(long most) {
            long left = most;
            while (left > 0 && run < readableRuns) {
                int now = (int) Math.min(left, records[run] - taken);
                taken += now;
                left -= now;
                if (now > 0) {
                    position = starts[run] + (long) (taken - 1) * spans[run] / records[run] + 1;
                }
                skip();
            }
            return most - left;
        }
    }
}
