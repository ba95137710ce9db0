package dev.weft.workflow.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.config.Problem;
import dev.weft.config.Problems;
import dev.weft.workflow.Await;
import dev.weft.workflow.Body;
import dev.weft.workflow.Definition;
import dev.weft.workflow.DefinitionId;
import dev.weft.workflow.EventFilter.Test.Equal;
import dev.weft.workflow.EventFilter.Test.Holds;
import dev.weft.workflow.EventFilter.Test.Is;
import dev.weft.workflow.EventFilter.Test.Matches;
import dev.weft.workflow.Extension;
import dev.weft.workflow.Schedule;
import dev.weft.workflow.Span;
import dev.weft.workflow.Task;
import dev.weft.workflow.Then;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the documents of the DSL 1.0 mean. */
class DefinitionReaderTest {

    @Test
    void knowsWhatTheDocumentSaysOfItself() {
        Definition order = Written.of("do: [{ a: { set: { x: 1 } } }]").right();
        assertThat(order.id()).isEqualTo(new DefinitionId("shop", "order", "1.0.0"));
        assertThat(order.mode()).isEqualTo(Definition.Mode.STRICT);
        assertThat(order.document().at("/do/0/a/set/x").intValue()).isEqualTo(1);
        assertThat(DefinitionReader.id("w.yaml", Written.HEAD)).contains(order.id());
    }

    @Test
    void asManyExtensionsAreReadAsCanBeKept() {
        String extension = "    - e%d: { extend: set, before: [{ a: { set: { x: 1 } } }] }\n";
        StringBuilder some = new StringBuilder("use:\n  extensions:\n");
        for (int i = 0; i < 64; i++) {
            some.append(extension.formatted(i));
        }
        String tasks = "do: [{ a: { set: { x: 1 } } }]";
        assertThat(Written.of(some + tasks).messages()).isEmpty();
        assertThat(Written.of(some + extension.formatted(64) + tasks).messages())
                .containsExactly("w.yaml:68:7: $.use.extensions[64]: found 65 extensions, expected at most 64");
    }

    @Test
    void tasksAreKnownByTheirPlace() {
        Definition definition = Written.of("""
                        use: { functions: { f/g: { do: [{ in~f: { set: { x: 1 } } }] } } }
                        do:
                          - b:
                              for: { in: .xs }
                              do: [{ c: { fork: { branches: [{ d: { set: { x: 1 } } }] } } }]
                          - e:
                              try: [{ f: { set: { x: 1 } } }]
                              catch: { do: [{ g: { set: { x: 1 } } }] }
                          - h:
                              listen: { to: { any: [] } }
                              foreach: { do: [{ i: { set: { x: 1 } } }] }
                        """).right();
        Body.For loop = (Body.For) definition.body().get(0).body();
        Body.Fork fork = (Body.Fork) loop.tasks().get(0).body();
        Body.Try attempt = (Body.Try) definition.body().get(1).body();
        Body.Listen listen = (Body.Listen) definition.body().get(2).body();
        Body.Do function = (Body.Do)
                Objects.requireNonNull(definition.functions().get("f/g")).body();
        assertThat(List.of(
                        fork.branches().get(0),
                        attempt.tasks().get(0),
                        attempt.handler().get(0),
                        Objects.requireNonNull(listen.foreach()).tasks().get(0),
                        function.tasks().get(0)))
                .extracting(Task::pointer)
                .containsExactly(
                        "/do/0/b/do/0/c/fork/branches/0/d",
                        "/do/1/e/try/0/f",
                        "/do/1/e/catch/do/0/g",
                        "/do/2/h/foreach/do/0/i",
                        "/use/functions/f~1g/do/0/in~0f");
    }

    @Test
    void allTasksHaveTheSameParts() {
        Task task = Written.of("""
                        use: { timeouts: { short: { after: { seconds: 3 } } } }
                        do:
                          - a:
                              if: ${ .ready }
                              input: { schema: { document: { type: object } }, from: .order }
                              set: { x: "${ .id }" }
                              output: { as: { y: "${ .x }" } }
                              export: { as: $output }
                              timeout: short
                              then: c
                              metadata: { owner: us }
                          - b: { set: { x: 1 }, then: end }
                          - c: { set: { x: 1 }, then: exit }
                        """).task();
        assertThat(Objects.requireNonNull(task.condition()).text().strip()).isEqualTo(".ready");
        assertThat(task.input().schema()).isNotNull();
        assertThat(task.input().as()).isNotNull();
        assertThat(task.output().as()).isNotNull();
        assertThat(task.export().as()).isNotNull();
        assertThat(Objects.requireNonNull(task.timeout()).after()).isEqualTo(new Span.Fixed(Duration.ofSeconds(3)));
        assertThat(task.then()).isEqualTo(new Then.To("c"));
        assertThat(task.metadata().json().path("owner").textValue()).isEqualTo("us");
        assertThat(task.definition().path("then").textValue()).isEqualTo("c");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{ days: 1, hours: 2, minutes: 3, seconds: 4, milliseconds: 5 } | P1DT2H3M4.005S",
                "PT0.5S | PT0.5S",
                "P1DT12H | PT36H",
                "P1W | PT168H",
                "PT0S | PT0S"
            })
    void waitsAsLongAsItSays(String written, String iso) {
        assertThat(Written.of("do: [{ a: { wait: " + written + " } }]").body(Body.Wait.class))
                .isEqualTo(new Body.Wait(new Span.Fixed(Duration.parse(iso))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"'${ .pause }'", "{ seconds: '${ .n }' }"})
    void mayComputeHowLongItWaits(String written) {
        assertThat(Written.of("do: [{ a: { wait: " + written + " } }]")
                        .body(Body.Wait.class)
                        .span())
                .isInstanceOf(Span.Computed.class);
    }

    @Test
    void aSwitchGoesToOneOfItsList() {
        Body.Switch choice = Written.of("""
                        do:
                          - a: { switch: [{ one: { when: .x > 1, then: c } }, { other: { then: exit } }] }
                          - b: { set: { x: 1 } }
                          - c: { set: { x: 1 } }
                        """).body(Body.Switch.class);
        assertThat(choice.cases()).extracting(Body.Case::then).containsExactly(new Then.To("c"), Then.EXIT);
        assertThat(choice.cases().get(1).when()).isNull();
    }

    @Test
    void loopsNameTheirVariables() {
        Body.For loop = Written.of("""
                        do:
                          - a:
                              for: { each: order, at: number, in: [1, "${ .x }"] }
                              while: $order > $number
                              do: [{ b: { set: { o: "${ $order }" } } }]
                        """).body(Body.For.class);
        assertThat(List.of(loop.each(), loop.at())).containsExactly("order", "number");
        assertThat(loop.whilst()).isNotNull();
    }

    @Test
    void aForkNeedsAllBranchesUnlessTheyCompete() {
        String branches = "branches: [{ a: { set: { x: 1 } } }, { b: { set: { x: 1 } } }]";
        Body.Fork all =
                Written.of("do: [{ f: { fork: { " + branches + " } } }]").body(Body.Fork.class);
        Body.Fork first = Written.of("do: [{ f: { fork: { compete: true, " + branches + " } } }]")
                .body(Body.Fork.class);
        assertThat(List.of(all.need(), first.need())).containsExactly(2, 1);
        assertThat(List.of(all.competes(), first.competes())).containsExactly(false, true);
    }

    @Test
    void errorsAreCaughtAndTriedAgain() {
        Body.Try attempt = Written.of("""
                        use:
                          retries:
                            often:
                              when: $problem.status < 500
                              delay: { seconds: 1 }
                              backoff: { exponential: {} }
                              limit: { attempt: { count: 3, duration: PT10S }, duration: PT1M }
                              jitter: { from: PT0S, to: PT1S }
                        do:
                          - a:
                              try: [{ b: { set: { x: 1 } } }]
                              catch:
                                errors: { with: { type: https://x/y, status: 503 } }
                                as: problem
                                exceptWhen: $problem.title == "no"
                                retry: often
                                do: [{ c: { set: { e: "${ $problem }" } } }]
                                then: d
                          - d: { set: { x: 1 } }
                        """).body(Body.Try.class);
        Body.Retry retry = Objects.requireNonNull(attempt.retry());
        assertThat(attempt.matches()).isEqualTo(new Body.ErrorMatch("https://x/y", 503, null, null, null));
        assertThat(attempt.then()).isEqualTo(new Then.To("d"));
        assertThat(retry.growth()).isEqualTo(Body.Growth.EXPONENTIAL);
        assertThat(retry.count()).isEqualTo(3);
        assertThat(retry.duration()).isEqualTo(new Span.Fixed(Duration.ofMinutes(1)));
        assertThat(attempt.handler()).hasSize(1);
    }

    @Test
    void anErrorMayBeNamed() {
        Body.Raise raise = Written.of("""
                        use: { errors: { gone: { type: https://x/gone, status: 410, title: "${ .t }" } } }
                        do: [{ a: { raise: { error: gone } } }]
                        """).body(Body.Raise.class);
        assertThat(raise.title()).isNotNull();
        assertThat(raise.detail()).isNull();
    }

    @Test
    void filtersAreTests() {
        Body.Listen listen = Written.of("""
                        do:
                          - a:
                              listen:
                                to:
                                  all:
                                    - with: { type: com.acme.paid, source: "https://acme/.*", data: "${ .sum > 3 }" }
                                      correlate: { order: { from: .data.id, expect: "${ $input.id }" } }
                                    - with: { type: com.acme.sent, subject: "${ . == $context.s }", data: { a: 1 } }
                                      correlate: { order: { from: .data.order } }
                                read: envelope
                        """).body(Body.Listen.class);
        Await await = listen.events();
        assertThat(await.kind()).isEqualTo(Await.Kind.ALL);
        assertThat(listen.read()).isEqualTo(Body.Read.ENVELOPE);
        assertThat(await.filters()).extracting(filter -> filter.index()).containsExactly(0, 1);
        assertThat(await.filters().get(0).tests().get(0)).isEqualTo(new Equal("type", "com.acme.paid"));
        assertThat(await.filters().get(0).tests().get(1)).isEqualTo(new Matches("source", "https://acme/.*"));
        assertThat(((Holds) await.filters().get(0).tests().get(2)).needsInstance())
                .isFalse();
        assertThat(((Holds) await.filters().get(1).tests().get(1)).needsInstance())
                .isTrue();
        assertThat(await.filters().get(1).tests().get(2)).isInstanceOf(Is.class);
        assertThat(await.filters().get(0).correlations().get(0).expect()).isNotNull();
        assertThat(await.filters().get(1).correlations().get(0).expect()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"com.acme.paid", "application/ld+json", "https://acme.org/x?y=1"})
    void aTextIsAConstant(String text) {
        assertThat(onlyTest(text)).isEqualTo(new Equal("type", text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"com.acme..*", "com.acme.+", "^com", "a|b", "com\\.acme", "[ab]"})
    void aTextIsARegexIfItLooksLikeOne(String text) {
        assertThat(onlyTest(text)).isEqualTo(new Matches("type", text));
    }

    private static Object onlyTest(String type) {
        return Written.of("do: [{ a: { listen: { to: { one: { with: { type: '" + type + "' } } } } } }]")
                .body(Body.Listen.class)
                .events()
                .filters()
                .get(0)
                .tests()
                .get(0);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{ any: [] } | null",
                "{ any: [], until: false } | Never",
                "{ any: [], until: '${ false }' } | Never",
                "{ any: [], until: 'length > 2' } | True",
                "{ any: [], until: { one: { with: { type: t } } } } | Events"
            })
    void listensUntilItHasEnough(String to, String until) {
        Await await = Written.of("do: [{ a: { listen: { to: " + to + " } } }]")
                .body(Body.Listen.class)
                .events();
        assertThat(await.until() == null ? "null" : await.until().getClass().getSimpleName())
                .isEqualTo(until);
    }

    @Test
    void callsAreUniform() {
        Body.Call call = Written.of("""
                        use:
                          secrets: [token]
                          authentications: { me: { bearer: { token: "${ $secrets.token }" } } }
                        do:
                          - a: { call: http, with: { method: get, endpoint: "https://x/{id}" } }
                          - b: { call: http, with: { method: get, endpoint: { uri: https://x/, authentication: me } } }
                        """).body(Body.Call.class);
        assertThat(call.kind()).isEqualTo("http");
    }

    @Test
    void functionsTakeArguments() {
        Definition definition = Written.of("""
                        use: { functions: { greet: { set: { text: "${ .name }" } } } }
                        do: [{ a: { call: greet, with: { name: "${ .first }" } } }]
                        """).right();
        assertThat(((Body.CallFunction) definition.body().get(0).body()).function())
                .isEqualTo("greet");
        assertThat(definition.functions()).containsOnlyKeys("greet");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{ every: { minutes: 5 } } | Every",
                "{ after: PT1H } | After",
                "{ cron: '0 6 * * 1-5' } | Cron",
                "{ on: { any: [{ with: { type: t } }] } } | On"
            })
    void schedulesAreOneOfFour(String schedule, String kind) {
        Definition definition = Written.of("schedule: " + schedule + "\ndo: [{ a: { set: { x: 1 } } }]")
                .right();
        assertThat(Objects.requireNonNull(definition.schedule()).getClass().getSimpleName())
                .isEqualTo(kind);
    }

    @Test
    void metadataSayWhatTheLanguageCannot() {
        Definition definition = Written.of("""
                        document:
                          dsl: 1.0.0
                          namespace: shop
                          name: order
                          version: 1.0.0
                          metadata:
                            timezone: Europe/Berlin
                            catchUp: one
                            compensateOnFault: true
                            search: { customer: $context.customer }
                            earlyEvents: 10m
                            team: blue
                        schedule: { cron: 0 6 * * * }
                        use: { functions: { undo: { set: { x: 0 } } } }
                        do: [{ a: { set: { x: 1 }, metadata: { compensate: undo } } }]
                        """).right();
        assertThat(definition.schedule())
                .isEqualTo(new Schedule.Cron("0 6 * * *", ZoneId.of("Europe/Berlin"), Schedule.CatchUp.ONE));
        assertThat(definition.dialect().compensatesOnFault()).isTrue();
        assertThat(definition.dialect().search()).containsOnlyKeys("customer");
        assertThat(definition.dialect().earlyEvents()).isEqualTo(Duration.ofMinutes(10));
        assertThat(definition.metadata().json().path("team").textValue()).isEqualTo("blue");
        assertThat(Objects.requireNonNull(definition.body().get(0).compensation())
                        .pointer())
                .isEqualTo("/use/functions/undo");
    }

    @Test
    void extensionsBelongToTheTasksTheyExtend() {
        Definition definition = Written.of("""
                        use:
                          extensions:
                            - log: { extend: all, before: [{ l: { set: { x: 1 } } }] }
                            - mock: { extend: wait, when: $task.name == "w", before: [{ m: { set: {x: 1}, then: exit } }] }
                            - around: { extend: composite, after: [{ n: { set: { x: 1 } } }] }
                        do:
                          - w: { wait: PT1S }
                          - d: { do: [{ s: { set: { x: 1 } } }] }
                        """).right();
        Task block = definition.body().get(1);
        Task inner = ((Body.Do) block.body()).tasks().get(0);
        assertThat(List.of(definition.body().get(0), block, inner))
                .extracting(
                        task -> task.extensions().stream().map(Extension::name).toList())
                .containsExactly(List.of("log", "mock"), List.of("log", "around"), List.of("log"));
        assertThat(inner.extensions().get(0).before().get(0).extensions()).isEmpty();
    }

    @Test
    void aWorkflowMayRunAnotherNewestOrNot() {
        Body.RunWorkflow newest = Written.of(
                        "do: [{ a: { run: { await: false, workflow: { namespace: shop, name: payment, version: latest } } } }]")
                .body(Body.RunWorkflow.class);
        Body.RunWorkflow pinned = Written.of(
                        "do: [{ a: { run: { workflow: { namespace: shop, name: payment, version: 1.1.0, input: { x: 1 } } } } }]")
                .body(Body.RunWorkflow.class);
        assertThat(newest.version()).isNull();
        assertThat(newest.await()).isFalse();
        assertThat(pinned.version()).isEqualTo("1.1.0");
        assertThat(pinned.await()).isTrue();
    }

    @Test
    void commentsAndLayoutDoNotMatter() {
        String flow = "do: [{ a: { set: { x: 1, y: 2 } } }]";
        String block = "do:\n  - a:   # the first\n      set:\n        y: 2\n        x: 1\n";
        String other = "do: [{ a: { set: { x: 1, y: 3 } } }]";
        assertThat(Written.of(block).right().digest())
                .isEqualTo(Written.of(flow).right().digest())
                .isNotEqualTo(Written.of(other).right().digest())
                .hasSize(64);
    }

    @Test
    void isReadAgainFromWhatItKeeps() {
        Definition read = Written.of("""
                        do:
                          - a: { set: { x: 1.50 }, input: { schema: { resource: { endpoint: schemas/order.json } } } }
                          - b: { run: { workflow: { namespace: shop, name: payment } } }
                        """).right();
        Definition again = DefinitionReader.again(
                read.document(), read.resources(), Set.of(new DefinitionId("shop", "payment", "1.0.0")));
        assertThat(again.digest()).isEqualTo(read.digest());
        assertThat(again.resources()).containsOnlyKeys("schemas/order.json");
        assertThat(again.id()).isEqualTo(read.id());
    }

    @Test
    void refusesWhatIsTooLarge() {
        Problems problems = new Problems();
        String text = Written.HEAD + "\n# " + "x".repeat(DefinitionReader.LARGEST);
        assertThat(DefinitionReader.read("w.yaml", text, endpoint -> "", Set.of(), problems, new Problems()))
                .isEmpty();
        assertThat(problems.inReadingOrder())
                .extracting(Problem::message)
                .containsExactly("w.yaml:1:1: $: found " + text.length() + " bytes, expected at most 524288");
    }

    @Test
    void refusesTooManyTasksAndAliases() {
        StringBuilder many = new StringBuilder("do:\n");
        for (int i = 0; i <= 5000; i++) {
            many.append("- t").append(i).append(": { set: { x: 1 } }\n");
        }
        StringBuilder aliases = new StringBuilder("do:\n- first: &a { set: { x: 1 } }\n");
        for (int i = 0; i <= 50; i++) {
            aliases.append("- t").append(i).append(": *a\n");
        }
        assertThat(Written.of(many.toString()).messages())
                .containsExactly(
                        "w.yaml:5003:10: $.do[5000].t5000: found task number 5001, expected at most 5000 tasks");
        assertThat(Written.of(aliases.toString()).messages())
                .containsExactly("w.yaml:54:8: $: found alias number 51, expected at most 50");
    }
}
