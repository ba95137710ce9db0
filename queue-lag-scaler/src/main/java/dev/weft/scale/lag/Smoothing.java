package dev.weft.scale.lag;

/** Exponential smoothing of samples that come at uneven times. */
final class Smoothing {

    private Smoothing() {}

    /**
     * Returns the average after a sample.
     *
     * @param passedMs the time the sample stands for
     * @param windowMs the time after which an old sample counts a third
     */
    static double towards(double average, double sample, long passedMs, long windowMs) {
        return average + (1 - Math.exp(-(double) passedMs / windowMs)) * (sample - average);
    }
}
