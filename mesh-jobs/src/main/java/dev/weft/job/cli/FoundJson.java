package dev.weft.job.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weft.cep.engine.Outcomes.Note;
import dev.weft.cep.expect.ExpectedEvent;
import dev.weft.cep.expect.Verdict;
import dev.weft.cep.expect.Verdict.Came;
import dev.weft.cep.expect.Verdict.Missing;
import dev.weft.cep.offline.PatternCounts;
import dev.weft.cep.offline.RunResult;
import dev.weft.cep.offline.Told;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What patterns found, for a script. */
final class FoundJson {

    private FoundJson() {}

    static ObjectNode of(RunResult result, @Nullable Verdict verdict) {
        ObjectNode json = Json.object();
        if (verdict == null) {
            ArrayNode told = json.putArray("told");
            result.told().forEach(each -> told.add(told(each)));
        } else {
            json.put("passed", verdict.isPassed());
            ArrayNode came = json.putArray("came");
            verdict.came().forEach(each -> came.add(came(each)));
            ArrayNode missing = json.putArray("missing");
            verdict.missing().forEach(each -> missing.add(missing(each)));
            ArrayNode unexpected = json.putArray("unexpected");
            verdict.unexpected().forEach(each -> unexpected.add(told(each)));
        }
        json.put("events", result.events())
                .put("until", Instant.ofEpochMilli(result.end()).toString());
        ArrayNode counts = json.putArray("patterns");
        result.counts().forEach(each -> counts.add(counts(each)));
        return json;
    }

    private static ObjectNode came(Came came) {
        ObjectNode json = expected(came.expected());
        json.set("told", told(came.told()));
        return json;
    }

    private static ObjectNode missing(Missing missing) {
        ObjectNode json = expected(missing.expected());
        Told nearest = missing.nearest();
        if (nearest != null) {
            json.set("nearest", told(nearest));
            ArrayNode differences = json.putArray("differences");
            missing.differences()
                    .forEach(each -> differences
                            .addObject()
                            .put("member", each.member())
                            .put("expected", each.expected())
                            .put("found", each.found()));
        }
        return json;
    }

    private static ObjectNode expected(ExpectedEvent expected) {
        return Json.object()
                .put("file", expected.at().file())
                .put("line", expected.at().line())
                .put("pattern", expected.pattern());
    }

    private static ObjectNode told(Told told) {
        ObjectNode json = Json.object()
                .put("pattern", told.pattern())
                .put("key", told.key().text())
                .put("time", told.at())
                .put("match", told.isMatch());
        if (told.waitingFor() != null) {
            json.put("waitingFor", told.waitingFor());
        }
        json.set("events", ids(told.ids()));
        if (told.event() != null) {
            json.set("event", EventText.structured(told.event()));
        }
        if (told.fault() != null) {
            json.put("fault", told.fault());
        }
        return json;
    }

    static ObjectNode ids(Map<String, List<String>> byStep) {
        ObjectNode json = Json.object();
        byStep.forEach((step, ids) -> ids.forEach(json.putArray(step)::add));
        return json;
    }

    private static ObjectNode counts(PatternCounts counts) {
        ObjectNode json = Json.object()
                .put("pattern", counts.pattern())
                .put("seen", counts.seen())
                .put("keys", counts.keys())
                .put("withoutKey", counts.withoutKey())
                .put("matches", counts.matches())
                .put("timeouts", counts.timeouts())
                .put("open", counts.open());
        ObjectNode taken = json.putObject("taken");
        counts.taken().forEach(taken::put);
        ObjectNode notes = json.putObject("notes");
        counts.notes().forEach((note, count) -> {
            if (note != Note.TAKEN) {
                notes.put(note.name().toLowerCase(Locale.ROOT).replace('_', '-'), count);
            }
        });
        return json;
    }
}
