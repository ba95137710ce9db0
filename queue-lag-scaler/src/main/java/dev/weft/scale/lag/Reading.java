package dev.weft.scale.lag;

import java.util.Optional;
import java.util.function.Function;

/** What somebody else was asked: an answer, or why there is none. Nothing unknown is ever a number. */
public sealed interface Reading<T> {

    /** Returns the answer, if there is one. */
    Optional<T> value();

    /** Returns the same with another answer in it. */
    <R> Reading<R> map(Function<? super T, ? extends R> change);

    /** There is an answer. */
    record Known<T>(T known) implements Reading<T> {

        @Override
        public Optional<T> value() {
            return Optional.of(known);
        }

        @Override
        public <R> Reading<R> map(Function<? super T, ? extends R> change) {
            return new Known<>(change.apply(known));
        }
    }

    /** There is none. */
    record Unknown<T>(String reason) implements Reading<T> {

        @Override
        public Optional<T> value() {
            return Optional.empty();
        }

        @Override
        public <R> Reading<R> map(Function<? super T, ? extends R> change) {
            return new Unknown<>(reason);
        }
    }
}
