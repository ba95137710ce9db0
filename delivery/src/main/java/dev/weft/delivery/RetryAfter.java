package dev.weft.delivery;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

/** Reads the header {@code Retry-After} (RFC 9110, section 10.2.3): seconds, or a date. */
final class RetryAfter {

    private static final long MOST_SECONDS = 1L << 40;

    private RetryAfter() {}

    /** Returns how long to wait from {@code now} on, in milliseconds; 0 for what is no such header. */
    static long millis(String value, long now) {
        String text = value.trim();
        if (text.matches("\\d{1,18}")) {
            return Math.min(Long.parseLong(text), MOST_SECONDS) * 1000;
        }
        try {
            Instant until = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            return Math.max(0, until.toEpochMilli() - now);
        } catch (DateTimeException e) {
            return 0; // what cannot be read asks for nothing
        }
    }
}
