package dev.weft.workflow.parts;

import java.util.regex.Pattern;

/** The forms of names and versions of workflows. */
public final class Identity {

    /** What is accepted as a name, ready to stand after the word "expected". */
    public static final String LABEL_EXPECTED = "up to 63 letters, digits and hyphens, neither first nor last a hyphen";

    /** What is accepted as a version, ready to stand after the word "expected". */
    public static final String VERSION_EXPECTED = "a semantic version, such as 1.0.0";

    private static final Pattern LABEL = Pattern.compile("[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?");
    private static final String NUMBER = "(?:0|[1-9]\\d{0,9})";
    private static final String IDENTIFIER = "[0-9A-Za-z-]{1,100}";
    private static final Pattern VERSION = Pattern.compile(
            "%1$s\\.%1$s\\.%1$s(?:-%2$s(?:\\.%2$s){0,20})?(?:\\+%2$s(?:\\.%2$s){0,20})?".formatted(NUMBER, IDENTIFIER));

    private Identity() {}

    public static boolean isLabel(String text) {
        return LABEL.matcher(text).matches();
    }

    public static boolean isVersion(String text) {
        return VERSION.matcher(text).matches();
    }
}
