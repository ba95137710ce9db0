package dev.weft.job.k8s;

/** Who changes how many subtasks a job has. */
public enum Mode {
    /** The scaler tells the job its parallelism, then KEDA brings or takes TaskManagers. */
    ADAPTIVE("standalone-adaptive"),
    /** KEDA brings or takes TaskManagers, and the job uses those there are. */
    REACTIVE("standalone-reactive"),
    /** KEDA changes a FlinkDeployment, and the Flink Kubernetes Operator does the rest; never to zero. */
    OPERATOR("flink-operator");

    private final String overlay;

    Mode(String overlay) {
        this.overlay = overlay;
    }

    /** Returns the overlay's folder in {@code k8s/overlays}. */
    String overlay() {
        return overlay;
    }
}
