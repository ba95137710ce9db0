package dev.weft.config;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes as people write them: {@code 512KiB}, {@code 5MB}; decimal and binary units are told apart. */
public final class SizeText {

    /** What is accepted, ready to stand after the word "expected". */
    public static final String EXPECTED = "a size such as 512KiB, 5MB or 1000B";

    private static final Pattern FORM = Pattern.compile("(\\d{1,9})(B|KB|KiB|MB|MiB|GB|GiB)");

    private SizeText() {}

    /** Returns the number of bytes, or nothing if the text is not a size. */
    public static Optional<Long> parse(String text) {
        Matcher form = FORM.matcher(text);
        return form.matches() ? Optional.of(Long.parseLong(form.group(1)) * bytesOf(form.group(2))) : Optional.empty();
    }

    /** Returns the text with the largest unit that needs no fraction. */
    public static String of(long bytes) {
        for (String unit : new String[] {"GiB", "GB", "MiB", "MB", "KiB", "KB"}) {
            if (bytes != 0 && bytes % bytesOf(unit) == 0) {
                return bytes / bytesOf(unit) + unit;
            }
        }
        return bytes + "B";
    }

    private static long bytesOf(String unit) {
        return switch (unit) {
            case "KB" -> 1_000;
            case "KiB" -> 1L << 10;
            case "MB" -> 1_000_000;
            case "MiB" -> 1L << 20;
            case "GB" -> 1_000_000_000;
            case "GiB" -> 1L << 30;
            default -> 1;
        };
    }
}
