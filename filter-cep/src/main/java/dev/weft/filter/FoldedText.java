package dev.weft.filter;

import java.io.Serializable;
import java.util.Locale;

/**
 * Text that is compared without regard to case, by Unicode's rules and in no language: {@code straße} equals
 * {@code STRASSE}. Each code point is folded by itself (to upper, then to lower case), so a Greek sigma folds the same
 * wherever it stands, and a character of the other text is matched wholly or not at all.
 *
 * @param text as the rule writes it
 * @param folded its folded form
 */
public record FoldedText(String text, String folded) implements Serializable {

    private static final int NOT_A_START = -1;

    /** Returns the text with its folded form. */
    public static FoldedText of(String text) {
        StringBuilder folded = new StringBuilder(text.length());
        text.codePoints().forEach(codePoint -> folded.append(fold(codePoint)));
        return new FoldedText(text, folded.toString());
    }

    /** Returns whether {@code other} is this text in some case. */
    public boolean isAllOf(String other) {
        return endOfStartIn(other) == other.length();
    }

    /** Returns whether {@code other} starts with this text in some case. */
    public boolean isStartOf(String other) {
        return endOfStartIn(other) != NOT_A_START;
    }

    /** Returns whether {@code other} ends with this text in some case. */
    public boolean isEndOf(String other) {
        int left = folded.length();
        int at = other.length();
        while (left > 0) {
            if (at == 0) {
                return false;
            }
            int codePoint = other.codePointBefore(at);
            at -= Character.charCount(codePoint);
            if (codePoint < 0x80) {
                left--;
                if (folded.charAt(left) != lowerAscii(codePoint)) {
                    return false;
                }
            } else {
                String form = fold(codePoint);
                left -= form.length();
                if (left < 0 || !folded.startsWith(form, left)) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Returns where in {@code other} this text, which it starts with, ends; -1 if it does not start with it. */
    private int endOfStartIn(String other) {
        int done = 0;
        int at = 0;
        while (done < folded.length()) {
            if (at == other.length()) {
                return NOT_A_START;
            }
            int codePoint = other.codePointAt(at);
            at += Character.charCount(codePoint);
            if (codePoint < 0x80) {
                if (folded.charAt(done) != lowerAscii(codePoint)) {
                    return NOT_A_START;
                }
                done++;
            } else {
                String form = fold(codePoint);
                if (!folded.startsWith(form, done)) {
                    return NOT_A_START;
                }
                done += form.length();
            }
        }
        return at;
    }

    private static char lowerAscii(int codePoint) {
        return (char) (codePoint >= 'A' && codePoint <= 'Z' ? codePoint + ('a' - 'A') : codePoint);
    }

    private static String fold(int codePoint) {
        String upper = Character.toString(codePoint).toUpperCase(Locale.ROOT);
        StringBuilder lower = new StringBuilder(upper.length());
        upper.codePoints().forEach(each -> lower.append(Character.toString(each).toLowerCase(Locale.ROOT)));
        return lower.toString();
    }
}
