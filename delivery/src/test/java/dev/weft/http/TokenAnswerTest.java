package dev.weft.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenAnswerTest {

    @Test
    void givesTheToken() {
        assertThat(answer(200, "{'access_token':'t-1~/='}").token()).contains("t-1~/=");
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '\0',
            value = {
                "200; {}; answered without an access_token",
                "200; no JSON; answered without an access_token",
                "200; {'access_token':''}; answered without an access_token",
                "200; {'access_token':null}; answered without an access_token",
                "200; {'access_token':'a b'}; answered without an access_token",
                "200; {'access_token':'a\\r\\nx: y'}; answered without an access_token",
                "400; {'access_token':'t'}; answered 400",
                "401; {'error':'invalid_client','hint':'s3cret'}; answered 401: invalid_client",
                "401; {'error':'The password s3cret'}; answered 401",
                "502; no JSON; answered 502"
            })
    void saysWhatIsGivenInsteadOfAToken(int status, String body, String problem) {
        assertThat(answer(status, body).token()).isEmpty();
        assertThat(answer(status, body).without("access_token")).isEqualTo(problem);
    }

    @ParameterizedTest(name = "{0}: fresh for {1} s")
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '\0',
            value = {
                "{'expires_in':3600}; 3240",
                "{'expires_in':'3600'}; 3240",
                "{'expires_in':50}; 45",
                "{'expires_in':20}; 15",
                "{'expires_in':4}; -1",
                "{'expires_in':-9}; -5",
                "{'expires_in':99999999999}; 2332800",
                "{}; 270"
            })
    void aTokenIsFreshForLessThanItIsValidFor(String body, long seconds) {
        assertThat(answer(200, body).freshFor()).isEqualTo(Duration.ofSeconds(seconds));
    }

    @Test
    void givesWhatElseIsAnswered() {
        assertThat(answer(200, "{'token_endpoint':'https://a/t'}").member("token_endpoint"))
                .contains("https://a/t");
        assertThat(answer(200, "{}").without("token_endpoint")).isEqualTo("answered without a token_endpoint");
    }

    private static TokenAnswer answer(int status, String body) {
        return TokenAnswer.of(
                new HttpReply(status, List.of(), body.replace('\'', '"').getBytes(StandardCharsets.UTF_8)));
    }
}
