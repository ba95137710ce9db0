package dev.weft.job.graph;

/** How much room text takes, as far as that can be said without a font. */
final class Words {

    /** Widths in parts of the font's size, a little above those of common sans-serif fonts. */
    private static final double NARROW = 0.4;

    private static final double USUAL = 0.63;
    private static final double CAPITAL = 0.8;
    private static final double IDEOGRAPH = 1.05;

    private Words() {}

    /** Returns the most characters of the text's begin that fit, with an ellipsis when something was left out. */
    static String fitting(String text, double width, double fontSize) {
        if (width(text, fontSize) <= width) {
            return text;
        }
        StringBuilder begin = new StringBuilder();
        double used = fontSize * IDEOGRAPH;
        for (int point : text.codePoints().toArray()) {
            used += of(point) * fontSize;
            if (used > width) {
                break;
            }
            begin.appendCodePoint(point);
        }
        return begin.toString().stripTrailing() + "…";
    }

    static double width(String text, double fontSize) {
        return text.codePoints().mapToDouble(Words::of).sum() * fontSize;
    }

    /** Returns a filter's JSON without its punctuation, which a glance at a picture does not need. */
    static String plain(String json) {
        return json.replaceAll("[\\[\\]{}\"]", "").replaceAll("(?<=[^,]),(?=[^,])", ", ");
    }

    /** Returns the text, cut to so many characters at most. */
    static String shortened(String text, int atMost) {
        int points = text.codePointCount(0, text.length());
        return points <= atMost ? text : text.substring(0, text.offsetByCodePoints(0, atMost - 1)) + "…";
    }

    private static double of(int point) {
        if (point >= 0x1100) {
            return IDEOGRAPH;
        }
        if ("iljtfr.,:;'|!()[] ".indexOf(point) >= 0) {
            return NARROW;
        }
        boolean wide = Character.isUpperCase(point) || "mwMW@%&<>=+".indexOf(point) >= 0;
        return wide ? CAPITAL : USUAL;
    }
}
