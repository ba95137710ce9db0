package dev.weft.scale.control;

/** What KEDA is told. */
public sealed interface Answer {

    /**
     * The size that is wanted.
     *
     * @param active whether there should be any replica
     * @param replicas 0 exactly if not active
     * @param before how many there were before there should be none; 0 if active, or if nobody knows
     */
    record Wanted(boolean active, int replicas, int before) implements Answer {

        /** The size that is wanted, where what was before does not matter. */
        public Wanted(boolean active, int replicas) {
            this(active, replicas, 0);
        }

        /**
         * Returns the value of the metric. While KEDA is about to end all replicas, the HPA is not to end some of them
         * first: each step would be one more restart of the job.
         */
        public int metric() {
            return active ? replicas : before;
        }
    }

    /** Nothing is known, or not for too long; the reason is for the person who reads KEDA's log. */
    record Unknown(String reason) implements Answer {}
}
