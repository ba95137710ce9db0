package dev.weft.workflow.call;

import static dev.weft.workflow.call.Calling.JSON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weft.testkit.http.Answer;
import dev.weft.testkit.http.ScriptedServer;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpenApiTest {

    private static final String SHOP = """
            {"openapi":"3.0.3","servers":[{"url":"https://{place}.shop/v1/","variables":{"place":{"default":"eu"}}}],
             "paths":{
              "/orders/{id}":{
                "parameters":[{"name":"id","in":"path","required":true},{"$ref":"#/components/parameters/trace"}],
                "get":{"operationId":"getOrder","parameters":[
                  {"name":"fields","in":"query","schema":{"type":"array"}},
                  {"name":"tags","in":"query","explode":false},
                  {"name":"filter","in":"query","style":"deepObject"},
                  {"name":"pipes","in":"query","style":"pipeDelimited"},
                  {"name":"json","in":"query","content":{"application/json":{}}},
                  {"name":"session","in":"cookie"},{"name":"lang","in":"cookie"}]},
                "put":{"operationId":"putOrder","servers":[{"url":"/v2"}],"requestBody":{"$ref":"#/components/requestBodies/order"}}},
              "/upload":{"post":{"operationId":"upload","requestBody":{"content":{"multipart/form-data":{}}}}},
              "/form":{"post":{"operationId":"form","requestBody":{"content":{"application/x-www-form-urlencoded":{}}}}},
              "/away":{"get":{"operationId":"away","parameters":[{"$ref":"other.json#/x"}]}}},
             "components":{
              "parameters":{"trace":{"name":"X-Trace","in":"header"}},
              "requestBodies":{"order":{"required":true,"content":{"text/plain":{},"application/json":{}}}}}}""";

    private static final String PETS = """
            {"swagger":"2.0","host":"pets.shop","basePath":"/v2","schemes":["http","https"],"consumes":["application/xml","application/json"],
             "paths":{
              "/pet":{"post":{"operationId":"addPet","parameters":[{"in":"body","name":"pet","required":true}]}},
              "/pet/find":{"get":{"operationId":"find","parameters":[
                {"in":"query","name":"status","type":"array","collectionFormat":"multi"},
                {"in":"query","name":"ids","type":"array"},{"in":"query","name":"p","type":"array","collectionFormat":"pipes"}]}},
              "/pet/{petId}":{"post":{"operationId":"rename","parameters":[
                {"in":"path","name":"petId","required":true},{"in":"formData","name":"name"}]}}}}""";

    @ParameterizedTest(name = "{0} with {1}")
    @CsvSource(
            delimiterString = " ; ",
            quoteCharacter = '`',
            value = {
                "getOrder ; {'id':'a/b'} ; get https://eu.shop/v1/orders/a%2Fb {}",
                "getOrder ; {'id':7,'X-Trace':'t'} ; get https://eu.shop/v1/orders/7 {\"X-Trace\":\"t\"}",
                "getOrder ; {'id':7,'fields':['a','b c']} ; get https://eu.shop/v1/orders/7?fields=a&fields=b%20c {}",
                "getOrder ; {'id':[1,2],'tags':['a','b']} ; get https://eu.shop/v1/orders/1,2?tags=a,b {}",
                "getOrder ; {'id':7,'filter':{'a':1,'b':'x'}} ; get https://eu.shop/v1/orders/7?filter%5Ba%5D=1&filter%5Bb%5D=x {}",
                "getOrder ; {'id':7,'pipes':['a','b']} ; get https://eu.shop/v1/orders/7?pipes=a%7Cb {}",
                "getOrder ; {'id':7,'json':{'a':1}} ; get https://eu.shop/v1/orders/7?json=%7B%22a%22%3A1%7D {}",
                "getOrder ; {'id':7,'session':'s','lang':'de'} ; get https://eu.shop/v1/orders/7 {\"cookie\":\"session=s; lang=de\"}",
                "getOrder ; {'id':7,'tags':null} ; get https://eu.shop/v1/orders/7 {}",
                "putOrder ; {'id':7,'a':1,'b':2} ; put https://host/v2/orders/7 {\"content-type\":\"application/json\"} {\"a\":1,\"b\":2}",
                "putOrder ; {'id':7,'body':[1]} ; put https://host/v2/orders/7 {\"content-type\":\"application/json\"} [1]",
                "form ; {'a':1} ; post https://eu.shop/v1/form {\"content-type\":\"application/x-www-form-urlencoded\"} {\"a\":1}",
                "addPet ; {'pet':{'name':'Rex'}} ; post https://pets.shop/v2/pet {\"content-type\":\"application/json\"} {\"name\":\"Rex\"}",
                "find ; {'status':['a','b'],'ids':[1,2],'p':[1,2]} ; get https://pets.shop/v2/pet/find?status=a&status=b&ids=1,2&p=1%7C2 {}",
                "rename ; {'petId':1,'name':'Rex'} ; post https://pets.shop/v2/pet/1 {\"content-type\":\"application/x-www-form-urlencoded\"} {\"name\":\"Rex\"}",
            })
    void tellsHowAnOperationIsCalled(String operation, String parameters, String call) throws Exception {
        ObjectNode http = api(operation).call(operation, json(parameters));
        String body = http.has("body") ? " " + http.get("body") : "";
        assertThat(http.path("method").asText() + " " + http.at("/endpoint/uri").asText() + " " + http.get("headers")
                        + body)
                .isEqualTo(call);
    }

    @ParameterizedTest(name = "{0} with {1}")
    @CsvSource(
            delimiter = ';',
            value = {
                "getOrdr; {}; operationId: found \"getOrdr\", which https://host/api.json has not. Did you mean \"getOrder\"?",
                "getOrder; {}; getOrder: the parameter id is missing",
                "getOrder; {'id':7,'idd':8}; getOrder: there is no parameter idd",
                "getOrder; {'id':[]}; the parameter id is empty",
                "getOrder; {'id':[[1]]}; the parameter id is nested too deeply for where it goes",
                "putOrder; {'id':7}; putOrder: the body is missing",
                "upload; {'a':1}; upload: no body of multipart/form-data is made",
                "away; {}; https://host/api.json: found the reference other.json#/x, which leads nowhere here",
                "addPet; {}; addPet: the parameter pet is missing",
            })
    void saysWhatMakesNoCall(String operation, String parameters, String message) {
        assertThatThrownBy(() -> api(operation).call(operation, json(parameters)))
                .isInstanceOf(CallMistake.class)
                .hasMessage(message);
    }

    @Test
    void namesItsOperations() throws Exception {
        assertThat(new OpenApi(json(PETS), "pets.json").operations()).containsExactly("addPet", "find", "rename");
    }

    @Test
    void isOfAVersionThatIsKnown() {
        assertThatThrownBy(() -> new OpenApi(json("{'openapi':'4.0.0'}"), "a.json"))
                .isInstanceOf(CallMistake.class)
                .hasMessage("document: found a.json, expected OpenAPI 3 or Swagger 2.0");
        assertThatThrownBy(() -> new OpenApi(json(SHOP), "shop.json").call("putOrder", json("{'id':7,'a':1}")))
                .hasMessage("shop.json names no server whole");
    }

    @Test
    void callsWithSecretsAndAPolicy() throws Exception {
        try (ScriptedServer server = ScriptedServer.recording(request -> Answer.status(204));
                Calling calling = new Calling()) {
            JsonNode document = JSON.readTree("{\"openapi\":\"3.1.0\",\"servers\":[{\"url\":\"" + server.uri("/v1")
                    + "\"}],\"paths\":{\"/a\":{\"get\":{\"operationId\":\"a\",\"parameters\":["
                    + "{\"name\":\"key\",\"in\":\"query\"}]}}}}");
            CallRequest request = Calling.request(
                    "openapi",
                    "{'document':{'endpoint':'a.json'},'operationId':'a','parameters':{'key':'SECRET(odd)'},"
                            + "'authentication':{'bearer':{'token':'SECRET(token)'}},'output':'response'}",
                    Map.of("a.json", document));

            assertThat(calling.call(request).result()).isNotNull();
            assertThat(server.requests().get(0).target()).isEqualTo("/v1/a?key=a%22b%26c%5Cd%20e%2Ff");
            assertThat(server.requests().get(0).header("authorization")).contains("Bearer t0p-s3cret");
        }
    }

    private static OpenApi api(String operation) throws Exception {
        boolean pets = json(PETS).toString().contains("\"operationId\":\"" + operation + "\"");
        return new OpenApi(json(pets ? PETS : SHOP), "https://host/api.json");
    }

    private static JsonNode json(String text) throws Exception {
        return JSON.readTree(text.replace('\'', '"'));
    }
}
