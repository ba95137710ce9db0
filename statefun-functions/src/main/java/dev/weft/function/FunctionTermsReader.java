package dev.weft.function;

import dev.weft.config.Fields;
import dev.weft.config.Problems;
import java.time.Duration;
import java.util.Optional;

/** Reads on what terms functions are called. */
public final class FunctionTermsReader {

    private static final int MOST_MESSAGES = 100_000;
    private static final int MOST_CALLS = 100_000;
    private static final int MOST_ATTEMPTS = 1_000_000;
    private static final Duration SHORTEST = Duration.ofMillis(1);
    private static final Duration LONGEST = Duration.ofDays(1);
    private static final long LARGEST = 1L << 30;

    private FunctionTermsReader() {}

    /** Reads all terms, and closes the mapping. What is left out is as {@link FunctionTerms#USUAL} has it. */
    public static FunctionTerms read(Fields fields, Problems problems) {
        FunctionTerms usual = FunctionTerms.USUAL;
        Duration timeout =
                fields.optional("timeout").duration(SHORTEST, LONGEST).orElse(usual.timeout());
        int concurrency = fields.optional("concurrency").integer(1, MOST_CALLS).orElse(usual.concurrency());
        FunctionTerms terms = readShared(fields, usual.withCalls(concurrency, timeout), problems);
        Optional<Long> valuesBytes = fields.optional("maxValuesBytes").size(1, LARGEST);
        fields.close();
        return valuesBytes
                .map(most -> terms.withSizes(terms.maxBatch(), terms.maxValueBytes(), most))
                .orElse(terms);
    }

    /**
     * Reads the terms that functions have wherever they are: {@code maxBatch}, {@code maxValueBytes}, which all values
     * of an address may have at least, and {@code retry}. The mapping may have other keys, and is not closed.
     *
     * @param usual what holds where nothing is said, and of all other terms
     */
    public static FunctionTerms readShared(Fields fields, FunctionTerms usual, Problems problems) {
        int maxBatch = fields.optional("maxBatch").integer(1, MOST_MESSAGES).orElse(usual.maxBatch());
        long valueBytes = fields.optional("maxValueBytes").size(1, LARGEST).orElse(usual.maxValueBytes());
        FunctionTerms terms = usual.withSizes(maxBatch, valueBytes, Math.max(valueBytes, usual.maxValuesBytes()));
        return fields.optional("retry")
                .fields()
                .map(retry -> retry(retry, terms, problems))
                .orElse(terms);
    }

    private static FunctionTerms retry(Fields fields, FunctionTerms terms, Problems problems) {
        int attempts = fields.optional("maxAttempts").integer(1, MOST_ATTEMPTS).orElse(terms.maxAttempts());
        Duration first = fields.optional("base").duration(SHORTEST, LONGEST).orElse(terms.firstDelay());
        Duration most = fields.optional("cap")
                .duration(SHORTEST, LONGEST)
                .orElse(first.compareTo(terms.longestDelay()) > 0 ? first : terms.longestDelay());
        fields.close();
        if (first.compareTo(most) > 0) {
            problems.add(fields.keyAt("cap"), fields.path("cap"), "less than base", "a cap that is not below base");
        }
        return terms.withRetry(attempts, first, most);
    }
}
