package dev.weft.event;

/**
 * The timestamps of CloudEvents, as RFC 3339 section 5.6 writes them: {@code 2026-01-05T09:00:00.123+01:00}. Leap
 * seconds are refused: neither Java nor the CloudEvents SDK can hold them.
 */
public final class Rfc3339 {

    /** What {@link #epochMillis} answers for text that is not a timestamp. */
    public static final long NOT_A_TIMESTAMP = Long.MIN_VALUE;

    private static final int[] DAYS = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    private static final int DATE_TIME = 19;

    private Rfc3339() {}

    /** Returns the moment in milliseconds since 1970, rounded down, or {@link #NOT_A_TIMESTAMP}. Allocates nothing. */
    public static long epochMillis(CharSequence text) {
        int length = text.length();
        if (length <= DATE_TIME || !isShaped(text)) {
            return NOT_A_TIMESTAMP;
        }
        int year = digits(text, 0, 4);
        int month = digits(text, 5, 2);
        int day = digits(text, 8, 2);
        int hour = digits(text, 11, 2);
        int minute = digits(text, 14, 2);
        int second = digits(text, 17, 2);
        if ((year | month | day | hour | minute | second) < 0
                || !isDate(year, month, day)
                || !isTime(hour, minute)
                || second > 59) {
            return NOT_A_TIMESTAMP;
        }
        int zone = endOfFraction(text);
        int offsetMinutes = offsetMinutes(text, zone);
        if (zone < 0 || offsetMinutes == Integer.MIN_VALUE) {
            return NOT_A_TIMESTAMP;
        }
        long minutes = (epochDay(year, month, day) * 24 + hour) * 60 + minute - offsetMinutes;
        return (minutes * 60 + second) * 1000 + fractionMillis(text, zone);
    }

    private static boolean isShaped(CharSequence text) {
        char t = text.charAt(10);
        return text.charAt(4) == '-'
                && text.charAt(7) == '-'
                && (t == 'T' || t == 't')
                && text.charAt(13) == ':'
                && text.charAt(16) == ':';
    }

    private static boolean isDate(int year, int month, int day) {
        if (month < 1 || month > 12 || day < 1) {
            return false;
        }
        boolean leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        return day <= DAYS[month - 1] + (month == 2 && leap ? 1 : 0);
    }

    private static boolean isTime(int hour, int minute) {
        return hour <= 23 && minute <= 59;
    }

    /** Returns where the zone begins, or -1 if a dot has no digits after it. Nine digits at most, as Java holds. */
    private static int endOfFraction(CharSequence text) {
        if (text.charAt(DATE_TIME) != '.') {
            return DATE_TIME;
        }
        int end = DATE_TIME + 1;
        while (end < text.length() && isDigit(text.charAt(end))) {
            end++;
        }
        int digits = end - DATE_TIME - 1;
        return digits == 0 || digits > 9 ? -1 : end;
    }

    private static int fractionMillis(CharSequence text, int zone) {
        int millis = 0;
        for (int i = 0; i < 3; i++) {
            int at = DATE_TIME + 1 + i;
            millis = millis * 10 + (at < zone ? text.charAt(at) - '0' : 0);
        }
        return millis;
    }

    private static int offsetMinutes(CharSequence text, int zone) {
        int left = zone < 0 ? 0 : text.length() - zone;
        if (left == 1 && (text.charAt(zone) == 'Z' || text.charAt(zone) == 'z')) {
            return 0;
        }
        if (left != 6 || text.charAt(zone + 3) != ':') {
            return Integer.MIN_VALUE;
        }
        char sign = text.charAt(zone);
        int hours = digits(text, zone + 1, 2);
        int minutes = digits(text, zone + 4, 2);
        boolean right = (sign == '+' || sign == '-')
                && (hours | minutes) >= 0
                && hours <= 18
                && minutes <= 59
                && hours * 60 + minutes <= 18 * 60;
        if (!right) {
            return Integer.MIN_VALUE;
        }
        return sign == '+' ? hours * 60 + minutes : -(hours * 60 + minutes);
    }

    /** Returns the number that {@code count} digits make, or -1 if one is not a digit. */
    private static int digits(CharSequence text, int from, int count) {
        int number = 0;
        for (int i = from; i < from + count; i++) {
            char c = text.charAt(i);
            if (!isDigit(c)) {
                return -1;
            }
            number = number * 10 + (c - '0');
        }
        return number;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /** Days since 1970-01-01 in the proleptic Gregorian calendar: years counted from March, so leap days end a year. */
    private static long epochDay(int year, int month, int day) {
        int shifted = month <= 2 ? year - 1 : year;
        int era = Math.floorDiv(shifted, 400);
        int yearOfEra = shifted - era * 400;
        int dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
        int dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
        return era * 146_097L + dayOfEra - 719_468;
    }
}
