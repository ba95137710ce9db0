package dev.weft.scale.simulator;

/**
 * What an HPA may do and how fast, as {@code spec.behavior} says it. Windows and periods in seconds.
 *
 * @param tolerance the share by which usage may differ from the target without consequence
 * @param upPods most replicas that come in {@code period}, or 0
 * @param upPercent most replicas that come in {@code period} as a percentage of those there are, or 0
 * @param downWindow the largest recommendation of so much time decides how far to go down
 */
public record HpaBehavior(double tolerance, int upPods, int upPercent, int downWindow, int period) {

    /** What Kubernetes does without a {@code behavior}: four or double in 15 s, and down after five minutes. */
    public static final HpaBehavior DEFAULT = new HpaBehavior(0.1, 4, 100, 300, 15);

    /** What the manifests of Weft set: nothing is held back, since the scaler itself does that. */
    public static final HpaBehavior PASS_ON = new HpaBehavior(0, 100, 0, 0, 15);
}
