package dev.weft.job.imports;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** Gives names as job configs take them, made from those of the source, each only once. */
final class FreshNames {

    private static final int LONGEST = 63;

    private final Set<String> taken = new HashSet<>();

    /** Returns the name nearest to {@code wanted} that is not given yet. */
    String take(String wanted) {
        String form = form(wanted);
        String name = form;
        for (int i = 2; !taken.add(name); i++) {
            String number = "-" + i;
            name = form.substring(0, Math.min(form.length(), LONGEST - number.length())) + number;
        }
        return name;
    }

    /** Returns the text in lower case with hyphens for all that is no letter and no digit: {@code x} if nothing is. */
    static String form(String text) {
        String hyphened = text.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "-")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "-")
                .replaceAll("^-|-$", "");
        String name =
                hyphened.substring(0, Math.min(LONGEST, hyphened.length())).replaceAll("-$", "");
        return name.isEmpty() ? "x" : name;
    }
}
