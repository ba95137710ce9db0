package dev.weft.scale;

import java.time.Duration;
import java.util.Locale;

/** Numbers as people read them; the same everywhere, whatever the machine speaks. */
final class Words {

    private Words() {}

    static String say(String pattern, Object... parts) {
        return String.format(Locale.ROOT, pattern, parts);
    }

    /** Records, or records per second: with a decimal only where it matters. */
    static String amount(double value) {
        return value > 0 && value < 10 ? say("%.1f", value) : say("%.0f", value);
    }

    static String seconds(double value) {
        return value < 600 ? say("%.0f s", value) : say("%.0f min", value / 60);
    }

    static String seconds(Duration value) {
        return seconds(Seconds.of(value));
    }

    static String percent(double share) {
        return say("%.0f %%", share * 100);
    }
}
