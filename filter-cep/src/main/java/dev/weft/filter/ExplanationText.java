package dev.weft.filter;

import java.util.List;
import java.util.function.Function;

/** Lays an explanation out in columns. */
final class ExplanationText {

    private static final int WIDEST_COLUMN = 60;

    private ExplanationText() {}

    static String of(Explanation explanation) {
        List<Explanation.Alternative> alternatives = explanation.alternatives();
        StringBuilder text = new StringBuilder();
        if (alternatives.size() != 1) {
            text.append(explanation.outcome())
                    .append(": ")
                    .append(summary(explanation))
                    .append('\n');
        }
        for (int i = 0; i < alternatives.size(); i++) {
            if (alternatives.size() > 1) {
                text.append("alternative ")
                        .append(i + 1)
                        .append(" of ")
                        .append(alternatives.size())
                        .append(' ');
            }
            append(alternatives.get(i), text);
        }
        return text.toString();
    }

    private static String summary(Explanation explanation) {
        if (explanation.alternatives().isEmpty()) {
            return "the rule wants no event";
        }
        long matched = explanation.alternatives().stream()
                .filter(alternative -> alternative.outcome() == Outcome.MATCHED)
                .count();
        return matched + " of " + explanation.alternatives().size() + " alternatives matched";
    }

    private static void append(Explanation.Alternative alternative, StringBuilder text) {
        List<Explanation.Finding> findings = alternative.findings();
        text.append(alternative.outcome())
                .append(": ")
                .append(alternative.because())
                .append('\n');
        int path = width(findings, Explanation.Finding::path);
        int seen = width(findings, Explanation.Finding::seenInWords);
        for (Explanation.Finding finding : findings) {
            text.append("  ")
                    .append(padded(mark(finding.outcome()), 7))
                    .append("  ")
                    .append(padded(finding.path(), path))
                    .append("  ")
                    .append(padded(finding.seenInWords(), seen))
                    .append("  ")
                    .append(finding.asked())
                    .append(finding.decides() ? "  <- decides\n" : "\n");
        }
    }

    private static String mark(Outcome outcome) {
        return switch (outcome) {
            case MATCHED -> "holds";
            case REFUSED -> "fails";
            case UNDECIDED -> "unknown";
        };
    }

    private static int width(List<Explanation.Finding> findings, Function<Explanation.Finding, String> column) {
        return findings.stream()
                .map(column)
                .mapToInt(String::length)
                .filter(length -> length <= WIDEST_COLUMN)
                .max()
                .orElse(0);
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }
}
