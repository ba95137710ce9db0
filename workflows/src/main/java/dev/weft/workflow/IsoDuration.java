package dev.weft.workflow;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Durations as ISO 8601 writes them: {@code PT5M}, {@code P1DT12H}, {@code PT0.5S}.
 *
 * <p>Years and months have no length of their own; they count as 365 and 30 days.
 */
public final class IsoDuration {

    private static final String AMOUNT = "(\\d{1,9}(?:\\.\\d{1,9})?)";
    private static final Pattern FORM =
            Pattern.compile("P(?=.)(?:%1$sY)?(?:%1$sM)?(?:%1$sW)?(?:%1$sD)?(?:T(?=.)(?:%1$sH)?(?:%1$sM)?(?:%1$sS)?)?"
                    .formatted(AMOUNT));
    private static final List<Long> SECONDS =
            List.of(365L * 86_400, 30L * 86_400, 7L * 86_400, 86_400L, 3600L, 60L, 1L);

    private static final BigDecimal LONGEST = BigDecimal.valueOf(Long.MAX_VALUE);

    private IsoDuration() {}

    /** Returns the duration in whole milliseconds, or nothing if the text is not one. */
    public static Optional<Duration> parse(String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        BigDecimal seconds = BigDecimal.ZERO;
        for (int i = 0; i < SECONDS.size(); i++) {
            if (parts.group(i + 1) != null) {
                seconds = seconds.add(new BigDecimal(parts.group(i + 1)).multiply(BigDecimal.valueOf(SECONDS.get(i))));
            }
        }
        BigDecimal millis = seconds.movePointRight(3).min(LONGEST);
        return Optional.of(Duration.ofMillis(millis.longValue()));
    }
}
