package dev.weft.route.chain;

import dev.weft.event.MeshEvent;
import dev.weft.event.Reason;
import dev.weft.filter.Matches;
import dev.weft.filter.PlainRuleSet;
import dev.weft.filter.RuleSet;
import dev.weft.route.chain.ChainRunner.Stage;
import dev.weft.route.transform.Transformed;
import dev.weft.route.transform.Transformer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Makes the steps of one chain ready to run, in their order. */
final class Staging implements Step.Cases<Stage> {

    private final String route;
    private final int maxBytes;
    private final Fingerprint fingerprint = new Fingerprint();

    /** How often each question was asked before: two steps that ask the same do not share their memory. */
    private final Map<String, Integer> asked = new HashMap<>();

    Staging(String route, int maxBytes) {
        this.route = route;
        this.maxBytes = maxBytes;
    }

    @Override
    public Stage filter(Step.Filter filter) {
        RuleSet rule = PlainRuleSet.of(List.of(filter.rule()));
        Matches matches = new Matches();
        return (event, time, step, course) -> {
            rule.match(event, matches);
            if (matches.failedCount() > 0) {
                course.expressionFailed(step);
            }
            if (matches.matchedCount() > 0) {
                return event;
            }
            if (matches.undecidedCount() > 0) {
                course.failed(step, Reason.UNREADABLE_PAYLOAD, Objects.requireNonNull(matches.damage()));
            } else {
                course.dropped(step, event);
            }
            return null;
        };
    }

    @Override
    public Stage change(Step.Change change) {
        Transformer transformer = new Transformer(change.transform(), maxBytes);
        return (event, time, step, course) -> {
            Transformed transformed = transformer.apply(event);
            if (transformed instanceof Transformed.Failed failed) {
                course.failed(step, Reason.TRANSFORM_FAILED, failed.detail());
                return null;
            }
            return ((Transformed.Done) transformed).event();
        };
    }

    @Override
    public Stage tap(Step.Tap tap) {
        return (event, time, step, course) -> {
            course.tapped(event, tap.channels());
            return event;
        };
    }

    @Override
    public Stage sample(Step.Sample sample) {
        if (sample.by().isEmpty()) {
            return (event, time, step, course) -> {
                fingerprint
                        .add(Objects.requireNonNull(event.attribute("source")))
                        .add(event.getId());
                return sampled(sample, event, step, course);
            };
        }
        KeyStage key = new KeyStage(sample.by(), sample.missing());
        return key.with(List.of(), (event, time, step, course, values) -> {
            fingerprint.add(values);
            return sampled(sample, event, step, course);
        });
    }

    private @Nullable MeshEvent sampled(Step.Sample sample, MeshEvent event, int step, Course course) {
        if (fingerprint.share() < sample.share()) {
            return event;
        }
        course.dropped(step, event);
        return null;
    }

    @Override
    public Stage firstPerWindow(Step.FirstPerWindow first) {
        String memory = memoryOf(first);
        long window = first.window().toMillis();
        KeyStage key = new KeyStage(first.by(), first.missing());
        return key.with(List.of(), (event, time, step, course, values) -> {
            long number = Math.floorDiv(time, window);
            // One window longer, for events that come late: until then they meet the memory of their own window.
            long expires = (number + 2) * window;
            fingerprint.add(memory).add(values);
            course.asked(step, event, new Question(route + "/" + fingerprint.text(), number, "", time, expires));
            return null;
        });
    }

    @Override
    public Stage onlyOnChange(Step.OnlyOnChange change) {
        String memory = memoryOf(change);
        long forget = change.forget().toMillis();
        KeyStage key = new KeyStage(change.by(), change.missing());
        int keys = change.by().size();
        return key.with(change.of(), (event, time, step, course, values) -> {
            String observed =
                    fingerprint.add(values.subList(keys, values.size())).text();
            fingerprint.add(memory).add(values.subList(0, keys));
            course.asked(step, event, new Question(route + "/" + fingerprint.text(), 0, observed, time, time + forget));
            return null;
        });
    }

    private String memoryOf(Step.Remembering step) {
        int before = asked.merge(step.question(), 1, Integer::sum) - 1;
        return before == 0 ? step.question() : step.question() + " again " + before;
    }
}
