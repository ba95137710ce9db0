package dev.weft.workflow.call;

import static dev.weft.workflow.call.Calling.http;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallRequestTest {

    private static final String EVERYTHING = "{'method':'post','endpoint':{'uri':'http://h/SECRET(odd)?a=ü',"
            + "'authentication':{'basic':{'username':'SECRET(user)','password':'SECRET(token)'}}},'headers':{'x':'1',"
            + "'y':'Bearer SECRET(token)'},'body':{'a':['SECRET(odd)']},'output':'response','redirect':true}";

    @Test
    void isTheSameAfterItWasKept() throws Exception {
        byte[] form = http(EVERYTHING).form();
        CallRequest read = CallRequest.read(form);

        assertThat(read.form()).isEqualTo(form);
        assertThat(read.idempotencyKey()).isEqualTo("key-1");
        assertThat(read).hasToString("POST http://h/***?a=ü");
        assertThat(read.uri().filled(Calling::secret)).isEqualTo("http://h/a%22b%26c%5Cd%20e%2Ff?a=ü");
        assertThat(CallRequest.read(
                                http("{'method':'GET','endpoint':'http://h'}").form())
                        .body())
                .isNull();
    }

    /** Damage is told of as such, or makes another request, but nothing worse. */
    @Test
    void survivesDamage() throws Exception {
        byte[] form = http(EVERYTHING).form();
        Random random = new Random(20261121);
        for (int i = 0; i < 20_000; i++) {
            byte[] damaged = Arrays.copyOf(form, random.nextInt(4) == 0 ? random.nextInt(form.length) : form.length);
            for (int j = random.nextInt(3); j >= 0 && damaged.length > 0; j--) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            }
            try {
                CallRequest.read(damaged);
            } catch (IOException e) {
                // as it should be
            }
        }
    }

    @Test
    void tellsAFormItDoesNotKnow() throws Exception {
        byte[] form = http(EVERYTHING).form();
        form[0] = 9;
        assertThatThrownBy(() -> CallRequest.read(form))
                .isInstanceOf(IOException.class)
                .hasMessage("a call of form 9, expected 1");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = ';',
            value = {
                "{'method':'GET','endpoint':'ftp://h/'}; endpoint: found \"ftp://h/\", expected an http or https address with a host, without user and password",
                "{'method':'GET','endpoint':'http://u:p@h/'}; endpoint: found \"http://u:p@h/\", expected an http or https address with a host, without user and password",
                "{'method':'GET','endpoint':'http://SECRET(token).h/'}; endpoint: found \"http://***.h/\", expected an http or https address with a host, without user and password",
                "{'method':'GET','endpoint':'http://h/a b'}; endpoint: found \"http://h/a b\", expected an http or https address with a host, without user and password",
                "{'method':'GET','endpoint':'http://h:65536/'}; endpoint: found \"http://h:65536/\", expected an http or https address with a host, without user and password",
                "{'method':'G T','endpoint':'http://h/'}; method: found \"G T\", expected the name of a method such as GET",
                "{'endpoint':'http://h/'}; method: found nothing, expected the name of a method such as GET",
                "{'method':'GET','endpoint':'http://h/','query':[1]}; query: found [1], expected names with a value each",
                "{'method':'GET','endpoint':'http://h/','query':{'a':{}}}; query.a: found {}, expected text, a number, a boolean, or an array of these",
                "{'method':'GET','endpoint':'http://h/','headers':{'host':'x'}}; headers: found host, which a call cannot set",
                "{'method':'GET','endpoint':'http://h/','headers':{'a b':'x'}}; headers: found a b, which a call cannot set",
                "{'method':'GET','endpoint':'http://h/','headers':{'a':'x\\r\\ny: z'}}; headers.a: found more than one line of text",
                "{'method':'GET','endpoint':'http://h/','output':'all'}; output: found \"all\", expected one of content, raw, response",
            })
    void saysWhatMakesNoCall(String with, String message) {
        assertThatThrownBy(() -> http(with))
                .isInstanceOfSatisfying(
                        CallMistake.class,
                        e -> assertThat(e.error("/do/0/call"))
                                .satisfies(error -> assertThat(error.instance()).isEqualTo("/do/0/call"))
                                .satisfies(error -> assertThat(error.type()).endsWith("/configuration")))
                .hasMessage(message);
    }
}
