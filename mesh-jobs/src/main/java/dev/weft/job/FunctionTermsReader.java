package dev.weft.job;

import dev.weft.config.Fields;
import dev.weft.config.Problems;
import dev.weft.function.FunctionTerms;
import java.time.Duration;

/** Reads on what terms functions are called. What is left out is as {@link FunctionTerms#USUAL} has it. */
final class FunctionTermsReader {

    private static final int MOST_MESSAGES = 100_000;
    private static final int MOST_CALLS = 100_000;
    private static final int MOST_ATTEMPTS = 1_000_000;
    private static final Duration SHORTEST = Duration.ofMillis(1);
    private static final Duration LONGEST = Duration.ofDays(1);
    private static final long LARGEST = 1L << 30;

    private FunctionTermsReader() {}

    /** Reads the mapping, and closes it. */
    static FunctionTerms read(Fields fields, Problems problems) {
        FunctionTerms usual = FunctionTerms.USUAL;
        int maxBatch = fields.optional("maxBatch").integer(1, MOST_MESSAGES).orElse(usual.maxBatch());
        int concurrency = fields.optional("concurrency").integer(1, MOST_CALLS).orElse(usual.concurrency());
        Duration timeout =
                fields.optional("timeout").duration(SHORTEST, LONGEST).orElse(usual.timeout());
        long valueBytes = fields.optional("maxValueBytes").size(1, LARGEST).orElse(usual.maxValueBytes());
        long valuesBytes = fields.optional("maxValuesBytes").size(1, LARGEST).orElse(usual.maxValuesBytes());
        FunctionTerms terms = new FunctionTerms(
                maxBatch,
                concurrency,
                timeout,
                usual.maxAttempts(),
                usual.firstDelay(),
                usual.longestDelay(),
                valueBytes,
                valuesBytes);
        FunctionTerms retrying = fields.optional("retry")
                .fields()
                .map(retry -> retry(retry, terms, problems))
                .orElse(terms);
        fields.close();
        return retrying;
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
        return new FunctionTerms(
                terms.maxBatch(),
                terms.concurrency(),
                terms.timeout(),
                attempts,
                first,
                most,
                terms.maxValueBytes(),
                terms.maxValuesBytes());
    }
}
