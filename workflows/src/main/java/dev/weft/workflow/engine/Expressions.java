package dev.weft.workflow.engine;

import dev.weft.workflow.Await;
import dev.weft.workflow.Body;
import dev.weft.workflow.EventFilter;
import dev.weft.workflow.Shaping;
import dev.weft.workflow.Span;
import dev.weft.workflow.Task;
import dev.weft.workflow.jq.Jq;
import dev.weft.workflow.jq.Template;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Which variables the expressions of a task use; those of tasks inside it are of their own. */
final class Expressions {

    private Expressions() {}

    static Stream<String> names(Task task) {
        return Stream.of(
                        names(task.condition()),
                        names(task.input()),
                        names(task.output()),
                        names(task.export()),
                        task.timeout() == null ? none() : names(task.timeout().after()),
                        names(task.body()),
                        task.extensions().stream().flatMap(extension -> names(extension.when())))
                .flatMap(names -> names);
    }

    static Stream<String> names(Shaping shaping) {
        return names(shaping.as());
    }

    private static Stream<String> names(Body body) {
        if (body instanceof Body.Set set) {
            return names(set.value());
        }
        if (body instanceof Body.Switch choice) {
            return choice.cases().stream().flatMap(one -> names(one.when()));
        }
        if (body instanceof Body.For loop) {
            return Stream.concat(names(loop.in()), names(loop.whilst()));
        }
        if (body instanceof Body.ForEach loop) {
            return names(loop.in());
        }
        if (body instanceof Body.Try attempt) {
            return Stream.concat(
                    Stream.concat(names(attempt.when()), names(attempt.exceptWhen())),
                    attempt.retry() == null ? none() : names(attempt.retry()));
        }
        if (body instanceof Body.Raise raise) {
            return Stream.of(names(raise.type()), names(raise.status()), names(raise.title()), names(raise.detail()))
                    .flatMap(names -> names);
        }
        if (body instanceof Body.Listen listen) {
            return names(listen);
        }
        if (body instanceof Body.Wait wait) {
            return names(wait.span());
        }
        if (body instanceof Body.Emit emit) {
            return names(emit.event());
        }
        if (body instanceof Body.Call call) {
            return names(call.with());
        }
        if (body instanceof Body.CallFunction call) {
            return names(call.with());
        }
        return body instanceof Body.RunWorkflow workflow ? names(workflow.input()) : none();
    }

    private static Stream<String> names(Body.Retry retry) {
        return Stream.of(
                        names(retry.when()),
                        names(retry.exceptWhen()),
                        names(retry.delay()),
                        names(retry.jitterFrom()),
                        names(retry.jitterTo()),
                        names(retry.attemptDuration()),
                        names(retry.duration()))
                .flatMap(names -> names);
    }

    private static Stream<String> names(Body.Listen listen) {
        return Stream.of(
                        names(listen.events()),
                        names(listen.within()),
                        listen.foreach() == null
                                ? none()
                                : names(listen.foreach().output()),
                        listen.foreach() == null
                                ? none()
                                : names(listen.foreach().export()))
                .flatMap(names -> names);
    }

    private static Stream<String> names(Await await) {
        Stream<String> of = await.filters().stream().flatMap(Expressions::names);
        if (await.until() instanceof Await.Until.True until) {
            return Stream.concat(of, names(until.condition()));
        }
        return await.until() instanceof Await.Until.Events events ? Stream.concat(of, names(events.events())) : of;
    }

    private static Stream<String> names(EventFilter filter) {
        return Stream.concat(
                filter.tests().stream()
                        .flatMap(test -> test instanceof EventFilter.Test.Holds holds ? names(holds.jq()) : none()),
                filter.correlations().stream().flatMap(one -> Stream.concat(names(one.from()), names(one.expect()))));
    }

    private static Stream<String> names(@Nullable Span span) {
        return span instanceof Span.Computed computed ? names(computed.text()) : none();
    }

    private static Stream<String> names(@Nullable Template template) {
        return template == null ? none() : template.variables().stream();
    }

    private static Stream<String> names(@Nullable Jq jq) {
        return jq == null ? none() : jq.variables().stream();
    }

    private static Stream<String> none() {
        return Stream.empty();
    }
}
