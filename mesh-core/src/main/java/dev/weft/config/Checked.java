package dev.weft.config;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** What was read from a file: the value, or every problem that kept it from being read. */
public sealed interface Checked<T> {

    /** Returns the value, if nothing was wrong. */
    Optional<T> value();

    /** Returns what was wrong, in reading order; empty exactly if there is a value. */
    List<Problem> problems();

    /** Returns the value; throws {@link IllegalArgumentException} with one line for each problem if there is none. */
    default T orElseThrow() {
        return value().orElseThrow(() -> new IllegalArgumentException(
                problems().stream().map(Problem::message).collect(Collectors.joining("\n"))));
    }

    /** Returns the problems if there are any, otherwise what {@code reading} makes, which is not asked before. */
    static <T> Checked<T> of(Problems problems, Supplier<T> reading) {
        return problems.isEmpty() ? new Valid<>(reading.get()) : new Invalid<>(problems.inReadingOrder());
    }

    /** Nothing was wrong. */
    record Valid<T>(T read) implements Checked<T> {

        @Override
        public Optional<T> value() {
            return Optional.of(read);
        }

        @Override
        public List<Problem> problems() {
            return List.of();
        }
    }

    /** Something was wrong. */
    record Invalid<T>(List<Problem> problems) implements Checked<T> {

        public Invalid {
            problems = List.copyOf(problems);
            if (problems.isEmpty()) {
                throw new IllegalArgumentException("nothing is wrong");
            }
        }

        @Override
        public Optional<T> value() {
            return Optional.empty();
        }
    }
}
