package dev.weft.filter.cel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CelExpressionTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiterString = "=>",
            quoteCharacter = '~',
            value = {
                "data.amount > 100 && type.startsWith('shop') => true",
                "data.amount == 120.0 => true",
                "data.amount > 119.5 => true",
                "data.price * 2.0 == 25.0 => true",
                "type(data.amount) == int && type(data.price) == double => true",
                "type(data.huge) == double => true",
                "data.large > 1e308 => true",
                "data.note == null => true",
                "data.express => true",
                "!data.express => false",
                "region == 'eu' && int(tier) == 3 => true",
                "event.region == 'eu' && event['tier'] == '3' => true",
                "has(event.subject) => false",
                "has(event.region) && 'id' in event => true",
                "size(event) == 8 => true",
                "has(data.customer.name) && !has(data.customer.age) => true",
                "has(data.note) => true",
                "data.customer.name in ['Ann', 'Bob'] => true",
                "'eu' in data.customer.tags && !('us' in data.customer.tags) => true",
                "data.items.exists(i, i.sku == 'b' && i.count > 2) => true",
                "data.items.all(i, i.count > 1) => false",
                "data.items.exists_one(i, i.count == 1) => true",
                "data.items.map(i, i.count) == [1, 3] => true",
                "data.items.filter(i, i.count > 1).map(i, i.sku) == ['b'] => true",
                "data.items.map(i, i.count > 1, i.sku)[0] == 'b' => true",
                "data.items.exists(i, data.items.exists(j, i.count == j.count + 2)) => true",
                "data.items[dyn(1.0)].sku == 'b' && data.items[1].sku == 'b' && data['items'][0]['sku'] == 'a' => true",
                "size(data.items) == 2 && data.items.size() == 2 && size(data.empty) == 0 => true",
                "data.customer == {'name': 'Ann', 'tags': ['new', 'eu']} => true",
                "data.customer != {'name': 'Ann', 'tags': ['eu', 'new']} => true",
                "data.customer.exists(k, k == 'name') => true",
                "data.orderId.matches('^47[0-9]+$') => true",
                "matches(data.customer.name, 'n{2}') => true",
                "data.orderId.contains('71') && data.orderId.endsWith('11') => true",
                "(data.express ? 'yes' : 'no') == 'yes' => true",
                "time.getHours() == 8 && time.getHours('+01:00') == 9 => true",
                "time < timestamp('2026-01-05T08:30:01Z') => true",
                "timestamp(event.time) == time => true",
                "time + duration('90m') > timestamp('2026-01-05T10:00:00Z') - duration('1s') => true",
                "string(data.amount) + '-' + data.orderId == '120-4711' => true",
                "['a'] + data.customer.tags == ['a', 'new', 'eu'] => true",
                "[1, 2].map(x, [x, x]) == [[1, 1], [2, 2]] => true",
                "{1: 'a', 2u: 'b'}[2] == 'b' => true",
                "{'a': 1}.a == 1 && dyn(1) == 1u && dyn(1) == 1.0 => true",
                "'é' < 'ü' && size('🎉') == 1 => true",
                "b'abc' == bytes('abc') && size(b'abc') == 3 => true",
                "7 / 2 == 3 && 7 % 2 == 1 && -7 / 2 == -3 && 7.0 / 2.0 == 3.5 => true",
            })
    void sayWhatTheSpecificationSays(String expression, boolean expected) {
        assertThat(Cel.ask(Cel.condition(expression), Cel.order())).isEqualTo(expected ? CelAnswer.YES : CelAnswer.NO);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiterString = "=>",
            quoteCharacter = '~',
            value = {
                "data.total > 100 => data.total is missing",
                "data.customer.address.city == 'x' => data.customer.address is missing",
                "data.amount.unit == 'x' => data.amount.unit is missing: a value of the type int has no fields",
                "subject == 'x' => the event has no attribute subject",
                "channel == 'x' => the event has no attribute channel",
                "event.channel == 'x' => event.channel is missing",
                "data.orderId > 5 => > cannot be applied to (string, int)",
                "data.orderId.startsWith(data.amount) => startsWith cannot be applied to (string, int)",
                "data.price * 2 > 1 => * cannot be applied to (double, int)",
                "data.orderId => its value is not true or false but of the type string",
                "int(data.customer.name) == 1 => int has no result for this string",
                "data.amount / (data.amount - 120) == 1 => division by zero",
                "data.amount % (data.amount - 120) == 1 => division by zero",
                "data.amount * 9223372036854775807 > 1 => the result of * is too large",
                "data.items[2].sku == 'x' => the list has no such element",
                "data.items[-1].sku == 'x' => the list has no such element",
                "data.items[dyn(0.5)].sku == 'x' => the list has no such element",
                "{1: 2}[data.amount] == 2 => the map has no such key",
                "{data.orderId: 1, '4711': 2} == {} => a map has the same key twice",
                "data.amount.exists(x, x) => only lists and maps have elements, not a value of the type int",
                "data.items.all(i, i.count + i.sku == 1) => + cannot be applied to (int, string)",
                "'a'.matches(data.customer.name + '(') => matches is not given a regular expression as RE2 has them,"
                        + " of at most 1000 states",
                "data.express && data.amount => && cannot be applied to int",
                "duration(data.orderId) > duration('1s') => duration has no result for this string",
            })
    void doNotHoldOfWhatTheyCannotBeAppliedTo(String expression, String why) {
        assertThat(Cel.ask(Cel.condition(expression), Cel.order()).failure()).isEqualTo(why);
    }

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource(
            delimiterString = "=>",
            quoteCharacter = '~',
            value = {
                "data.total > 100 || data.express => true",
                "data.express || data.total > 100 => true",
                "data.total > 100 && data.amount > 200 => false",
                "data.items.exists(i, i.price > 1 || i.sku == 'b') => true",
                "data.items.exists(i, i.count == 1 ? i.price > 1 : true) => true",
                "data.items.all(i, i.count == 1 ? i.price > 1 : false) => false",
                "has(data.total) && data.total > 100 => false",
            })
    void passOverAFailureThatDoesNotDecide(String expression, boolean expected) {
        assertThat(Cel.ask(Cel.condition(expression), Cel.order())).isEqualTo(expected ? CelAnswer.YES : CelAnswer.NO);
    }

    @Test
    void takeAMissingPayloadForAnEmptyObject() {
        assertThat(Cel.ask(Cel.condition("!has(data.amount) && data == {}"), Cel.withoutPayload()))
                .isEqualTo(CelAnswer.YES);
        assertThat(Cel.ask(Cel.condition("data.amount > 1"), Cel.withoutPayload())
                        .failure())
                .isEqualTo("data.amount is missing");
    }

    @ParameterizedTest(name = "{0} reads {1}")
    @CsvSource(
            delimiterString = "=>",
            quoteCharacter = '~',
            value = {
                "type == 'x' && region == 'eu' => []",
                "data.a.b > 1 && has(data.c) => [[a, b], [c]]",
                "data['a b'].c == 1 => [[a b, c]]",
                "data.items[0].sku == 'a' => [[items, sku]]",
                "data.items.exists(i, i.sku == data.wanted) => [[items], [wanted]]",
                "data[type] == 1 => [[]]",
                "data.prices[data.currency] > 1 => [[prices], [currency]]",
                "size(data) == 1 => [[]]",
                "[1].exists(data, data == 1) => []",
                "[data.a].exists(data, data.x == 1) => [[a]]",
            })
    void readOnlyTheFieldsTheyName(String expression, String paths) {
        assertThat(Cel.condition(expression).wantedPaths()).hasToString(paths);
    }

    @Test
    void saysWhetherThePayloadIsNeededAtAll() {
        assertThat(Cel.condition("type == 'x'").asksPayload()).isFalse();
        assertThat(Cel.condition("data == {}").asksPayload()).isTrue();
    }

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource(
            delimiterString = "=>",
            quoteCharacter = '~',
            value = {
                "data.amount * 2 => 240",
                "data.price + 0.25 => 12.75",
                "'order ' + data.orderId => \"order 4711\"",
                "data.customer => {\"name\":\"Ann\",\"tags\":[\"new\",\"eu\"]}",
                "data.items.map(i, i.sku) => [\"a\",\"b\"]",
                "{'n': size(data.items), 'big': data.amount > 100, 'none': null} => {\"n\":2,\"big\":true,\"none\":null}",
                "time => \"2026-01-05T08:30:00Z\"",
                "18446744073709551615u => 18446744073709551615",
            })
    void haveAnyValueWhereOneIsAskedFor(String expression, String json) {
        CelAnswer answer = Cel.ask(Cel.value(expression), Cel.order());
        assertThat(answer.failure()).isNull();
        assertThat(answer.value().toString()).isEqualTo(json);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiterString = "=>",
            quoteCharacter = '~',
            value = {
                "data.large => JSON cannot hold the number Infinity",
                "b'abc' => JSON cannot hold a value of the type bytes",
                "{1: 2} => JSON cannot hold a map with a key of the type int",
                "duration('1s') => JSON cannot hold a value of the type duration",
                "[data.total] => data.total is missing",
            })
    void haveNoValueThatIsNotJson(String expression, String why) {
        assertThat(Cel.ask(Cel.value(expression), Cel.order()).failure()).isEqualTo(why);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiterString = "=>",
            quoteCharacter = '~',
            value = {
                "data.total => true",
                "data.total.x * 2 => true",
                "data.items[7].sku => true",
                "data.items[0]['no'] => true",
                "subject => true",
                "data.orderId * 2 => false",
                "1 / 0 => false",
                "data.amount => false",
            })
    void tellWhatIsMissingFromWhatIsWrong(String expression, boolean missing) {
        assertThat(Cel.ask(Cel.value(expression), Cel.order()).isMissing()).isEqualTo(missing);
    }

    @Test
    void sayTheSameAfterTheyTravelled() throws Exception {
        CelExpression sent = Cel.condition("region == 'eu' && data.items.exists(i, i.count > 2)");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(sent);
        }
        CelExpression arrived =
                (CelExpression) new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())).readObject();
        assertThat(arrived).isEqualTo(sent).hasSameHashCodeAs(sent);
        assertThat(arrived.wantedPaths()).isEqualTo(List.of(List.of("items")));
        assertThat(Cel.ask(arrived, Cel.order())).isEqualTo(CelAnswer.YES);
    }
}
