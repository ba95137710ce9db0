package dev.weft.workflow.host;

import java.math.BigInteger;
import java.util.Comparator;

/**
 * The order of versions by semver.org 2.0.0, section 11: numbers by value, a pre-release before its release, and what
 * follows a plus not at all. Texts that are no such versions are compared part by part too, so any two can be.
 */
enum VersionOrder implements Comparator<String> {
    INSTANCE;

    @Override
    public int compare(String one, String other) {
        String[] first = halves(one);
        String[] second = halves(other);
        int order = compareParts(first[0], second[0], true);
        if (order != 0) {
            return order;
        }
        if (first.length != second.length) {
            return first.length == 1 ? 1 : -1;
        }
        return first.length == 1 ? 0 : compareParts(first[1], second[1], false);
    }

    /** Returns what stands before and after the first dash. */
    private static String[] halves(String version) {
        int plus = version.indexOf('+');
        return (plus < 0 ? version : version.substring(0, plus)).split("-", 2);
    }

    private static int compareParts(String one, String other, boolean isRelease) {
        String[] first = one.split("\\.");
        String[] second = other.split("\\.");
        for (int i = 0; i < Math.max(first.length, second.length); i++) {
            // A release has zeros where nothing is said; of pre-releases, the shorter comes first.
            if (!isRelease && (i >= first.length || i >= second.length)) {
                return Integer.compare(first.length, second.length);
            }
            int order = comparePart(i < first.length ? first[i] : "0", i < second.length ? second[i] : "0");
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    private static int comparePart(String one, String other) {
        boolean firstIsNumber = isNumber(one);
        boolean secondIsNumber = isNumber(other);
        if (firstIsNumber && secondIsNumber) {
            return new BigInteger(one).compareTo(new BigInteger(other));
        }
        return firstIsNumber == secondIsNumber ? one.compareTo(other) : firstIsNumber ? -1 : 1;
    }

    private static boolean isNumber(String part) {
        return !part.isEmpty() && part.chars().allMatch(digit -> digit >= '0' && digit <= '9');
    }
}
