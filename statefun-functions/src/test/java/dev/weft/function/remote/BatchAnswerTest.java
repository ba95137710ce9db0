package dev.weft.function.remote;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.TextFormat;
import dev.weft.function.Address;
import dev.weft.function.Answer;
import dev.weft.function.Effects;
import dev.weft.function.FunctionType;
import dev.weft.function.TypedValue;
import dev.weft.function.ValueDeclaration;
import dev.weft.function.ValueDeclaration.Expiration;
import dev.weft.function.protocol.FromFunction;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BatchAnswerTest {

    private static final Address CART = new Address(new FunctionType("shop.de", "cart"), "anna");
    private static final TypedValue HI = new TypedValue("shop/Text", "hi".getBytes(StandardCharsets.UTF_8));

    @Test
    void everyEffectIsRead() throws Exception {
        assertThat(read("""
                invocation_result {
                  state_mutations { mutation_type: MODIFY state_name: "seen"
                    state_value { typename: "shop/Text" has_value: true value: "hi" } }
                  state_mutations { mutation_type: DELETE state_name: "last" }
                  state_mutations { mutation_type: MODIFY state_name: "none" state_value { typename: "shop/Text" } }
                  outgoing_messages { target { namespace: "shop.de" type: "cart" id: "anna" }
                    argument { typename: "shop/Text" has_value: true value: "hi" } }
                  delayed_invocations { delay_in_ms: 0 target { namespace: "shop.de" type: "cart" id: "anna" }
                    argument { typename: "shop/Text" has_value: true value: "hi" } }
                  delayed_invocations { is_cancellation_request: true cancellation_token: "t" }
                  delayed_invocations { delay_in_ms: 9 target { namespace: "shop.de" type: "cart" id: "anna" }
                    argument { typename: "shop/Text" has_value: true value: "hi" } cancellation_token: "t" }
                  outgoing_egresses { egress_namespace: "shop" egress_type: "mail"
                    argument { typename: "shop/Text" has_value: true value: "hi" } }
                }
                """))
                .isEqualTo(new Answer.Done(new Effects(
                        List.of(new Effects.Send(CART, HI)),
                        List.of(
                                new Effects.Later(0, CART, HI, null),
                                new Effects.Cancel("t"),
                                new Effects.Later(9, CART, HI, "t")),
                        List.of(new Effects.Egress(new FunctionType("shop", "mail"), HI)),
                        List.of(
                                new Effects.Change("seen", HI),
                                new Effects.Change("last", null),
                                new Effects.Change("none", null)))));
    }

    @Test
    void everyDeclarationIsRead() throws Exception {
        assertThat(read("""
                incomplete_invocation_context {
                  missing_values { state_name: "seen" type_typename: "shop/Text" }
                  missing_values { state_name: "last" type_typename: "shop/Text"
                    expiration_spec { mode: AFTER_WRITE expire_after_millis: 5 } }
                  missing_values { state_name: "cart_1" type_typename: "shop/Text"
                    expiration_spec { mode: AFTER_INVOKE expire_after_millis: 6 } }
                }
                """))
                .isEqualTo(new Answer.Undeclared(List.of(
                        ValueDeclaration.kept("seen", "shop/Text"),
                        new ValueDeclaration("last", "shop/Text", Expiration.AFTER_WRITE, Duration.ofMillis(5)),
                        new ValueDeclaration("cart_1", "shop/Text", Expiration.AFTER_CALL, Duration.ofMillis(6)))));
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "incomplete_invocation_context {} | a lack of values of which it names none",
                "incomplete_invocation_context { missing_values { state_name: 'a' } } | the value a without a type",
                "incomplete_invocation_context { missing_values { state_name: 'a' type_typename: 't' } missing_values { state_name: 'a' type_typename: 'u' } } | two different declarations of the value a",
                "incomplete_invocation_context { missing_values { state_name: 'a' type_typename: 't' expiration_spec { mode: AFTER_WRITE } } } | the value a, which expires after 0 ms, where 1 to 31557600000000 can be",
                "incomplete_invocation_context { missing_values { state_name: '1a' type_typename: 't' } } | the value \"1a\", whose name is not of letters, digits and underscores, or begins with a digit",
                "invocation_result { state_mutations { state_name: '' } } | the value \"\", whose name is not of letters, digits and underscores, or begins with a digit",
                "invocation_result { state_mutations { state_name: 'a' mutation_type: MODIFY state_value { has_value: true } } } | the value a of no type",
                "invocation_result { outgoing_messages { argument { has_value: true typename: 't' } } } | a message to the function \"\" \"\", which is no type's name",
                "invocation_result { outgoing_messages { target { namespace: 'n' type: 'a/b' id: '1' } } } | a message to the function \"n\" \"a/b\", which is no type's name",
                "invocation_result { outgoing_messages { target { namespace: 'n' type: 'b' } } } | a message to n/b without an id",
                "invocation_result { outgoing_messages { target { namespace: 'n' type: 'b' id: '1' } argument { typename: 't' } } } | a message without a value",
                "invocation_result { delayed_invocations { delay_in_ms: -1 } } | a delay of -1 ms, where 0 to 31557600000000 can be",
                "invocation_result { delayed_invocations { delay_in_ms: 9223372036854775807 } } | a delay of 9223372036854775807 ms, where 0 to 31557600000000 can be",
                "invocation_result { delayed_invocations { is_cancellation_request: true } } | a cancellation without a token",
                "invocation_result { outgoing_egresses { egress_type: 'mail' } } | an egress \"\" \"mail\", which is no type's name",
                "invocation_result { outgoing_egresses { egress_namespace: 'n' egress_type: 'mail' } } | a record for n/mail without a value"
            })
    void anAnswerOfWhichAPartCannotBeIsNone(String text, String found) throws Exception {
        assertThat(read(text)).isEqualTo(new Answer.Failed("the function answers with " + found, false));
    }

    @Test
    void whatALaterProtocolMaySayIsNotGuessed() {
        byte[] later = FromFunction.newBuilder()
                .setInvocationResult(FromFunction.InvocationResponse.newBuilder()
                        .addStateMutations(FromFunction.PersistedValueMutation.newBuilder()
                                .setStateName("a")
                                .setMutationTypeValue(7)))
                .build()
                .toByteArray();

        assertThat(BatchAnswer.read(later))
                .isEqualTo(new Answer.Failed("the function answers with the unknown change 7 of the value a", false));
    }

    @Test
    void damagedAnswersAreReadOrRefusedAndNothingElse() throws Exception {
        byte[] whole = TextFormat.parse("""
                invocation_result {
                  state_mutations { mutation_type: MODIFY state_name: "seen"
                    state_value { typename: "shop/Text" has_value: true value: "hi" } }
                  outgoing_messages { target { namespace: "shop.de" type: "cart" id: "anna" }
                    argument { typename: "shop/Text" has_value: true value: "hi" } }
                }
                """, FromFunction.class).toByteArray();
        Random random = new Random(6);
        int refused = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] damaged = Arrays.copyOf(whole, random.nextInt(whole.length + 4));
            for (int flips = random.nextInt(4); flips > 0 && damaged.length > 0; flips--) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            }
            refused += BatchAnswer.read(damaged) instanceof Answer.Failed ? 1 : 0;
        }
        assertThat(refused).isBetween(10_000, 20_000);
    }

    private static Answer read(String text) throws Exception {
        return BatchAnswer.read(TextFormat.parse(text, FromFunction.class).toByteArray());
    }
}
