package dev.weft.delivery;

import dev.weft.config.Field;
import dev.weft.config.Fields;
import dev.weft.config.Node;
import dev.weft.config.Problems;
import dev.weft.config.Scalar;
import dev.weft.delivery.ParkingPolicy.OnFull;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the keys of a target that say on what terms it is delivered to. What is left out has its default. */
public final class TermsReader {

    private static final Duration SHORTEST = Duration.ofMillis(1);
    private static final Duration LONGEST = Duration.ofDays(30);
    private static final int MOST_ATTEMPTS = 1_000_000;
    private static final int MOST_CALLS = 10_000;
    private static final long MOST_PARKED = 1L << 50;

    private static final String RATE = "a number of calls per second, minute or hour, such as 100/s";
    private static final Pattern RATE_FORM = Pattern.compile("(\\d{1,7})/([smh])");

    private final Problems problems;

    private TermsReader(Problems problems) {
        this.problems = problems;
    }

    /**
     * Reads the terms of the target of that name.
     *
     * @param target the mapping of the target, which the caller closes
     * @param concurrency the most calls at once
     */
    public static Terms read(String name, Fields target, int concurrency, Problems problems) {
        TermsReader reader = new TermsReader(problems);
        RetryPolicy retry = target.optional("retry").fields().map(reader::retry).orElse(RetryPolicy.DEFAULT);
        ParkingPolicy parking =
                target.optional("parking").fields().map(reader::parking).orElse(ParkingPolicy.DEFAULT);
        Order order = target.optional("order")
                .parsed("none or perKey", TermsReader::order)
                .orElse(Order.NONE);
        double rate = target.optional("rate").parsed(RATE, TermsReader::rate).orElse(Double.POSITIVE_INFINITY);
        boolean adaptive = target.optional("adaptive").flag().orElse(true);
        return new Terms(
                name, concurrency, adaptive, rate, retry, reader.breaker(target.optional("breaker")), order, parking);
    }

    private RetryPolicy retry(Fields fields) {
        RetryPolicy byDefault = RetryPolicy.DEFAULT;
        int maxAttempts =
                fields.optional("maxAttempts").integer(1, MOST_ATTEMPTS).orElse(byDefault.maxAttempts());
        Duration maxAge = fields.optional("maxAge").duration(SHORTEST, LONGEST).orElse(byDefault.maxAge());
        Backoff backoff = fields.optional("backoff").oneOf(Backoff.class).orElse(byDefault.backoff());
        Optional<Duration> base = fields.optional("base").duration(SHORTEST, LONGEST);
        Optional<Duration> cap = fields.optional("cap").duration(SHORTEST, LONGEST);
        Jitter jitter = fields.optional("jitter").oneOf(Jitter.class).orElse(Jitter.FULL);
        Duration maxRetryAfter = fields.optional("maxRetryAfter")
                .duration(Duration.ZERO, LONGEST)
                .orElse(byDefault.maxRetryAfter());
        RetryStatuses statuses = statuses(fields.optional("on"));
        fields.close();
        Duration first = base.orElse(byDefault.base());
        Duration most = cap.orElse(first.compareTo(byDefault.cap()) > 0 ? first : byDefault.cap());
        if (first.compareTo(most) > 0) {
            problems.add(fields.keyAt("cap"), fields.path("cap"), "less than base", "a cap that is not below base");
        }
        return new RetryPolicy(
                maxAttempts, maxAge, backoff, first, most, jitter == Jitter.FULL, maxRetryAfter, statuses);
    }

    private enum Jitter {
        FULL,
        NONE
    }

    private RetryStatuses statuses(Field field) {
        Optional<List<Node>> items = field.items(RetryStatuses.EXPECTED);
        if (items.isEmpty()) {
            return RetryStatuses.DEFAULT;
        }
        return new RetryStatuses(items.get().stream()
                .flatMap(item -> status(item).stream())
                .distinct()
                .toList());
    }

    private Optional<String> status(Node item) {
        Optional<String> status = item instanceof Scalar scalar ? RetryStatuses.parse(scalar.text()) : Optional.empty();
        if (status.isEmpty()) {
            problems.add(item, item.described(), RetryStatuses.EXPECTED);
        }
        return status;
    }

    private ParkingPolicy parking(Fields fields) {
        long maxBytes = fields.optional("maxBytes").size(1, MOST_PARKED).orElse(ParkingPolicy.DEFAULT.maxBytes());
        OnFull onFull = fields.optional("onFull")
                .parsed("backpressure or deadLetter", TermsReader::onFull)
                .orElse(ParkingPolicy.DEFAULT.onFull());
        fields.close();
        return new ParkingPolicy(maxBytes, onFull);
    }

    private @Nullable BreakerPolicy breaker(Field field) {
        Optional<Node> node = field.node("off, or a mapping");
        if (node.isEmpty()) {
            return BreakerPolicy.DEFAULT;
        }
        if (node.get() instanceof Scalar scalar) {
            if (!"off".equals(scalar.text())) {
                problems.add(scalar, scalar.described(), "off, or a mapping");
            }
            return null;
        }
        Fields fields = Fields.of(node.get(), problems);
        BreakerPolicy byDefault = BreakerPolicy.DEFAULT;
        int failures = fields.optional("failures")
                .parsed("a share such as 50%", TermsReader::percent)
                .orElse(byDefault.failures());
        int of = fields.optional("of").integer(1, MOST_CALLS).orElse(byDefault.of());
        Optional<Duration> openFor = fields.optional("openFor").duration(SHORTEST, LONGEST);
        Optional<Duration> cap = fields.optional("cap").duration(SHORTEST, LONGEST);
        fields.close();
        Duration first = openFor.orElse(byDefault.openFor());
        Duration most = cap.orElse(first.compareTo(byDefault.cap()) > 0 ? first : byDefault.cap());
        if (first.compareTo(most) > 0) {
            problems.add(
                    fields.keyAt("cap"), fields.path("cap"), "less than openFor", "a cap that is not below openFor");
        }
        return new BreakerPolicy(failures, of, first, most);
    }

    private static Optional<Order> order(String text) {
        return switch (text) {
            case "none" -> Optional.of(Order.NONE);
            case "perKey" -> Optional.of(Order.PER_KEY);
            default -> Optional.empty();
        };
    }

    private static Optional<OnFull> onFull(String text) {
        return switch (text) {
            case "backpressure" -> Optional.of(OnFull.BACKPRESSURE);
            case "deadLetter" -> Optional.of(OnFull.DEAD_LETTER);
            default -> Optional.empty();
        };
    }

    private static Optional<Integer> percent(String text) {
        Matcher form = Pattern.compile("(100|[1-9]\\d?)%").matcher(text);
        return form.matches() ? Optional.of(Integer.parseInt(form.group(1))) : Optional.empty();
    }

    private static Optional<Double> rate(String text) {
        Matcher form = RATE_FORM.matcher(text);
        if (!form.matches() || Integer.parseInt(form.group(1)) == 0) {
            return Optional.empty();
        }
        double seconds = switch (form.group(2)) {
            case "s" -> 1;
            case "m" -> Duration.ofMinutes(1).toSeconds();
            default -> Duration.ofHours(1).toSeconds();
        };
        return Optional.of(Integer.parseInt(form.group(1)) / seconds);
    }
}
