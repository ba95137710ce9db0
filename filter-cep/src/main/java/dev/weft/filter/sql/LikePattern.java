package dev.weft.filter.sql;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The pattern of a LIKE: {@code %} is any text, also none, {@code _} one character, {@code \%} and {@code \_} those
 * characters themselves; all else is literal, also any other backslash. A character is a Unicode code point.
 */
public final class LikePattern {

    /*
     * The pieces between the percent signs are looked for from left to right, each at its first place after the one
     * before; the first and the last are tied to the ends. A piece is searched with one bit for each of its characters
     * (Baeza-Yates and Gonnet's shift-and), so no pattern makes a character of the text be looked at again and again.
     */

    static final int LONGEST = 1_000;

    private static final int ANY = -1;
    private static final int MANY = -2;

    private final String text;
    private final int[] symbols;
    private final List<Piece> pieces;

    private LikePattern(String text) {
        this.text = text;
        this.symbols = symbols(text);
        List<Piece> found = new ArrayList<>();
        int from = 0;
        for (int at = 0; at <= symbols.length; at++) {
            if (at == symbols.length || symbols[at] == MANY) {
                found.add(new Piece(Arrays.copyOfRange(symbols, from, at)));
                from = at + 1;
            }
        }
        this.pieces = List.copyOf(found);
    }

    /** Returns the pattern that the text writes: every text writes one. */
    static LikePattern of(String text) {
        return new LikePattern(text);
    }

    private static int[] symbols(String text) {
        int[] codePoints = text.codePoints().toArray();
        int[] symbols = new int[codePoints.length];
        int count = 0;
        for (int i = 0; i < codePoints.length; i++) {
            int c = codePoints[i];
            boolean escapes =
                    c == '\\' && i + 1 < codePoints.length && (codePoints[i + 1] == '%' || codePoints[i + 1] == '_');
            symbols[count++] = escapes ? codePoints[++i] : c == '%' ? MANY : c == '_' ? ANY : c;
        }
        return Arrays.copyOf(symbols, count);
    }

    /** Returns the pattern as it is written. */
    public String text() {
        return text;
    }

    /** Returns whether {@code _} stands in the pattern as itself: for any one character. */
    public boolean hasSingles() {
        return IntStream.of(symbols).anyMatch(symbol -> symbol == ANY);
    }

    /**
     * Returns the literal texts between the percent signs: one if there is no sign, and empty ones at the ends if signs
     * stand there.
     *
     * @throws IllegalStateException if the pattern {@linkplain #hasSingles() has} {@code _}
     */
    public List<String> literals() {
        if (hasSingles()) {
            throw new IllegalStateException(text);
        }
        return pieces.stream()
                .map(piece -> new String(piece.symbols, 0, piece.symbols.length))
                .toList();
    }

    /** Returns the literal text that every text of the form begins with. */
    public String start() {
        int length = 0;
        while (length < symbols.length && symbols[length] >= 0) {
            length++;
        }
        return new String(symbols, 0, length);
    }

    /** Returns whether the text is of the form. */
    public boolean matches(String value) {
        int[] codePoints = value.codePoints().toArray();
        Piece first = pieces.get(0);
        if (!first.isAt(0, codePoints)) {
            return false;
        }
        if (pieces.size() == 1) {
            return codePoints.length == first.length();
        }
        Piece last = pieces.get(pieces.size() - 1);
        int end = codePoints.length - last.length();
        int at = first.length();
        for (int i = 1; i < pieces.size() - 1 && at >= 0; i++) {
            at = pieces.get(i).endOfFirst(at, end, codePoints);
        }
        return at >= 0 && at <= end && last.isAt(end, codePoints);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LikePattern that && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }

    /** What stands between two percent signs. */
    private static final class Piece {
        private static final int BITS = Long.SIZE;

        private final int[] symbols;

        /** The literal characters, ascending. */
        private final int[] alphabet;

        /** For each of the alphabet, and last for all others, a bit for each place of the piece where it may stand. */
        private final long[][] places;

        Piece(int[] symbols) {
            this.symbols = symbols;
            this.alphabet = IntStream.of(symbols)
                    .filter(symbol -> symbol != ANY)
                    .distinct()
                    .sorted()
                    .toArray();
            this.places = new long[alphabet.length + 1][(symbols.length + BITS - 1) / BITS];
            for (int i = 0; i < symbols.length; i++) {
                for (int letter = 0; letter < places.length; letter++) {
                    boolean isLetter = letter < alphabet.length && symbols[i] == alphabet[letter];
                    if (isLetter || symbols[i] == ANY) {
                        places[letter][i / BITS] |= 1L << (i % BITS);
                    }
                }
            }
        }

        int length() {
            return symbols.length;
        }

        boolean isAt(int from, int[] text) {
            if (from < 0 || from + symbols.length > text.length) {
                return false;
            }
            for (int i = 0; i < symbols.length; i++) {
                if (symbols[i] != ANY && symbols[i] != text[from + i]) {
                    return false;
                }
            }
            return true;
        }

        /** Returns where the piece ends that is found first between the places; -1 if it is not there. */
        int endOfFirst(int from, int to, int[] text) {
            if (symbols.length == 0) {
                return from;
            }
            long[] begun = new long[places[0].length];
            long complete = 1L << ((symbols.length - 1) % BITS);
            for (int at = from; at < to; at++) {
                int letter = Arrays.binarySearch(alphabet, text[at]);
                long[] here = places[letter < 0 ? alphabet.length : letter];
                long carry = 1;
                for (int word = 0; word < begun.length; word++) {
                    long next = begun[word] >>> (BITS - 1);
                    begun[word] = ((begun[word] << 1) | carry) & here[word];
                    carry = next;
                }
                if ((begun[begun.length - 1] & complete) != 0) {
                    return at + 1;
                }
            }
            return -1;
        }
    }
}
