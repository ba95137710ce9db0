package dev.weft.scale;

/** A size a consumer may have: subtasks, and the replicas that hold them. */
record Size(int parallelism, int replicas) {

    @Override
    public String toString() {
        return parallelism == replicas
                ? Integer.toString(parallelism)
                : "%d (%d replicas)".formatted(parallelism, replicas);
    }
}
