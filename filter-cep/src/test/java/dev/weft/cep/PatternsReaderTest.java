package dev.weft.cep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.cep.Pattern.AfterMatch;
import dev.weft.cep.Pattern.Contiguity;
import dev.weft.cep.Pattern.Emission;
import dev.weft.cep.Pattern.Group;
import dev.weft.cep.Pattern.Limits;
import dev.weft.cep.Pattern.OnUpdate;
import dev.weft.cep.Pattern.Repeat;
import dev.weft.cep.Pattern.Step;
import dev.weft.cep.Pattern.Times;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PatternsReaderTest {

    private static final List<Pattern> EXAMPLES = examples();

    @Test
    void readsEveryKeyOfTheLanguage() {
        Pattern everything = EXAMPLES.get(4);
        assertThat(everything.steps())
                .extracting(Step::name)
                .containsExactly("first", "any", "one", "none", "two", "three", "final");
        Step any = everything.step("any").orElseThrow();
        assertThat(any.times()).isEqualTo(new Times(2, Times.UNBOUNDED));
        assertThat(any.repeat()).isEqualTo(Repeat.COMBINATIONS);
        assertThat(any.greedy()).isTrue();
        assertThat(any.until()).isNotNull();
        Group group = (Group) everything.sequence().get(2);
        assertThat(group.contiguity()).isEqualTo(Contiguity.NEXT);
        assertThat(group.times()).isEqualTo(new Times(1, 3));
        assertThat(group.optional()).isTrue();
        Step two = everything.step("two").orElseThrow();
        assertThat(two.times()).isEqualTo(new Times(1, 2));
        assertThat(two.optional()).isTrue();
        assertThat(everything.step("three").orElseThrow().condition().correlated())
                .hasToString("data.n > sum(one.data.n)");
        assertThat(everything.afterMatch()).isEqualTo(new AfterMatch(AfterMatch.Kind.SKIP_TO_LAST, "any"));
        assertThat(everything.emission()).isEqualTo(Emission.LEFTMOST);
        assertThat(everything.onUpdate()).isEqualTo(OnUpdate.KEEP);
        assertThat(everything.limits()).isEqualTo(new Limits(50, Limits.Overflow.DROP_NEW));
    }

    @Test
    void takesWhatIsUsualForWhatIsNotSaid() {
        Pattern guessed = EXAMPLES.get(0);
        assertThat(guessed.version()).isEqualTo(1);
        assertThat(guessed.within()).isEqualTo(Duration.ofMinutes(10));
        assertThat(guessed.afterMatch()).isEqualTo(new AfterMatch(AfterMatch.Kind.SKIP_PAST_LAST, null));
        assertThat(guessed.emission()).isEqualTo(Emission.EAGER);
        assertThat(guessed.onUpdate()).isEqualTo(OnUpdate.DROP);
        assertThat(guessed.limits()).isEqualTo(new Limits(1_000, Limits.Overflow.DROP_OLDEST));
        assertThat(guessed.step("entered").orElseThrow().times()).isEqualTo(Times.ONCE);
    }

    @Test
    void drainsWhatPromisesToTellOfAbsence() {
        assertThat(EXAMPLES.get(1).onUpdate()).isEqualTo(OnUpdate.DRAIN);
    }

    @Test
    void keepsAnExpressionAboutTheEventAloneInTheRule() {
        Step placed = EXAMPLES.get(1).step("placed").orElseThrow();
        assertThat(placed.condition().correlated()).isNull();
        assertThat(placed.condition().constant()).asString().contains("data.total > 0");
    }

    @ParameterizedTest(name = "{0} is for {1}")
    @CsvSource({
        "guessed-password, SEQUENCE",
        "unpaid-order, SEQUENCE",
        "heating-up, GENERAL",
        "p1-sla, SEQUENCE",
        "everything, GENERAL"
    })
    void knowsWhichEngineAPatternNeeds(String id, Shape shape) {
        Pattern pattern =
                EXAMPLES.stream().filter(it -> it.id().equals(id)).findFirst().orElseThrow();
        assertThat(Shape.of(pattern)).isEqualTo(shape);
    }

    @Test
    void countsWithoutPartialMatchesWhereEventsAreJustCounted() {
        Pattern burst = WrittenPatterns.one("""
                id: burst
                partitionBy: data.user
                within: 1m
                sequence: [{ step: tried, where: { type: [login] }, times: 100 }]
                emit: { type: burst }
                """);
        assertThat(Shape.of(burst)).isEqualTo(Shape.COUNT);
    }

    @Test
    void mayEmitWhatItTakesToWhereItDoesNotRead() {
        Pattern renewed = WrittenPatterns.one("""
                id: renewed
                to: [renewals]
                partitionBy: subject
                within: 1m
                sequence: [{ step: placed, where: { type: [{ prefix: order. }] } }]
                emit: { type: order.placed.again }
                """);
        assertThat(renewed.emit()).isNotNull();
    }

    @Test
    void travelsInAJobGraph() throws IOException, ClassNotFoundException {
        for (Pattern pattern : EXAMPLES) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
                out.writeObject(pattern);
            }
            Pattern arrived =
                    (Pattern) new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())).readObject();
            assertThat(arrived.sequence()).isEqualTo(pattern.sequence());
            assertThat(arrived.having()).isEqualTo(pattern.having());
        }
    }

    private static List<Pattern> examples() {
        try (InputStream in = PatternsReaderTest.class.getResourceAsStream("examples.yaml")) {
            WrittenPatterns written =
                    WrittenPatterns.of(new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8));
            assertThat(written.messages()).isEmpty();
            return written.patterns();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
