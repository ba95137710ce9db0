package dev.weft.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Error;
import dev.weft.filter.SelectionReader;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The published schema and the loader agree, as far as a schema can see. */
class JobConfigSchemaTest {

    private static final long SEED = 20261121;

    /** Of each example; {@code -Dweft.fuzz=1500} tries more. */
    private static final int EDITS = Integer.getInteger("weft.fuzz", 500);

    private static final String SCHEMA_FILE = "schema/mesh-job.v1.json";

    /** What is wrong with these is not in the shape of the document. */
    private static final Set<String> BEYOND_A_SCHEMA = Set.of(
            // names that lead nowhere, or stand for two things, and values that depend on each other
            "221-target-named-as-a-channel",
            "222-unknown-target",
            "227-retry-cap-below-base",
            "233-reply-to-nowhere",
            "235-header-of-the-event",
            "238-target-as-a-source",
            "302-functions-provided-twice",
            "304-functions-without-ingress",
            "306-ingress-from-nowhere",
            "310-egress-to-nowhere",
            "311-circle-through-functions",
            "313-ingress-twice",
            "314-egress-to-the-control-channel",
            "315-functions-at-least-once",
            "317-workflow-that-is-not-there",
            "318-workflow-channels",
            "321-workflow-at-least-once",
            // YAML itself, and what is filled in
            "01-not-yaml",
            "02-tab-as-indentation",
            "03-empty-file",
            "04-two-documents",
            "05-key-twice",
            "06-key-not-text",
            "07-merge-key",
            "08-tag",
            "09-alias-without-anchor",
            "10-variable-not-set",
            // ranges of durations and sizes, and languages inside of text
            "32-checkpoint-too-often",
            "36-event-too-large",
            "37-checkpoint-outlives-its-transaction",
            "201-dedup-time",
            "45-regular-expression",
            "50-pattern-that-cannot-be-joined",
            "105-sql-syntax",
            "106-sql-values",
            "107-sql-function",
            "108-sql-no-condition",
            // names, and where they lead
            "47-write-to-a-pattern",
            "48-same-topic-twice",
            "60-unknown-channel",
            "63-route-name-twice",
            "65-route-to-its-own-source",
            "66-circle-of-routes",
            "67-circle-through-a-pattern",
            "68-reads-the-dead-letter",
            "150-control-channel",
            "151-control-channel-unknown",
            "152-control-channel-of-a-pattern",
            "153-control-channel-is-the-dead-letter",
            "210-redrive-channel",
            "211-redrive-channel-is-the-control-channel",
            // how much filters multiply out to
            "104-filters-multiply-out",
            // a field named in two ways
            "83-inside-and-outside-of-or",
            "84-dotted-and-nested",
            // schemas of payloads: files, and what tells two apart
            "139-payload-schema-file",
            "140-payload-schema-twice",
            // values of attributes, and variables inside of text
            "93-transform-constant",
            "95-transform-variable",
            // steps: how long, and what they lead to together
            "167-tap-of-nowhere",
            "171-window-of-nothing",
            "174-circle-through-a-tap",
            "175-five-memories",
            "177-more-memories-than-the-limit",
            // patterns: names, and where they lead
            "242-pattern-id-twice",
            "286-channels-of-a-pattern",
            "287-pattern-reads-the-dead-letter",
            "288-circle-through-patterns",
            "289-pattern-writes-a-pattern-of-topics",
            "291-pattern-that-reads-nothing",
            "292-control-channel-in-a-pattern",
            "296-pattern-to-a-target",
            // patterns: keys of steps that depend on each other, and on where the step stands
            "244-step-longer-than-its-pattern",
            "246-absent-step-after-an-optional-one",
            "247-optional-last-step",
            "248-open-last-step",
            "249-greedy-step",
            "250-group-that-ends-in-absence",
            "252-next-without-events",
            "253-consecutive-without-events",
            "254-absent-step-that-is-next",
            "255-until-of-a-step-of-known-size",
            "257-step-of-every-event",
            "271-timeout-that-never-comes",
            "272-endless-combinations",
            "273-keys-of-an-absent-step",
            "274-only-absent-steps",
            "275-only-optional-steps",
            "281-fewer-partial-matches-than-counted",
            // patterns: expressions, and conditions that never or always hold
            "258-step-that-comes-later",
            "259-unknown-step",
            "260-absent-step-named",
            "261-event-before-the-first",
            "262-index-outside-of-times",
            "263-one-event-of-many",
            "266-condition-that-no-event-meets",
            "267-text-compared-with-a-number",
            "269-match-that-begins-the-next",
            "279-expressions-about-a-match",
            // expressions inside of text
            "120-cel-names",
            "122-cel-types",
            "123-cel-limits",
            "124-transform-cel",
            "125-transform-jsonata");

    private static final PublishedSchema SCHEMA = PublishedSchema.of(SCHEMA_FILE);

    @ParameterizedTest
    @MethodSource("examples")
    void theSchemaAcceptsEveryExample(String file) throws IOException {
        assertThat(errors(file)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("invalid")
    void theSchemaRefusesWhatItCanSee(String file) throws IOException {
        boolean beyond = BEYOND_A_SCHEMA.contains(file.replaceAll("invalid/|\\.yaml", ""));
        assertThat(errors(file).isEmpty())
                .as("whether the schema accepts " + file)
                .isEqualTo(beyond);
    }

    /** A few characters of an example are changed at random; most results are mistakes, some are other configs. */
    @Test
    void theSchemaAcceptsWhateverTheLoaderDoes() throws IOException {
        Random random = new Random(SEED);
        int accepted = 0;
        for (String file : examples().toList()) {
            String text = JobConfigFiles.text(file);
            for (int i = 0; i < EDITS; i++) {
                String edited = PublishedSchema.edited(text, random);
                if (JobConfigReader.read(file, edited, Map.of()).value().isPresent()) {
                    accepted++;
                    assertThat(SCHEMA.errors(file, edited))
                            .as("seed %d, %s", SEED, edited)
                            .isEmpty();
                }
            }
        }
        assertThat(accepted).as("configs accepted").isGreaterThan(EDITS / 10);
    }

    @Test
    void aSelectionTakesWhatARouteTakes() throws IOException {
        JsonNode defs =
                new ObjectMapper().readTree(JobConfigFiles.text(SCHEMA_FILE)).path("$defs");
        JsonNode route = defs.path("route").path("properties");
        JsonNode selection = defs.path("selection").path("properties");

        assertThat(SelectionReader.KEYS)
                .allSatisfy(key -> assertThat(selection.path(key)).as(key).isEqualTo(route.path(key)));
    }

    /** In a pattern, {@code when} may name the events that were taken before. */
    @Test
    void aStepOfAPatternTakesWhatARouteTakes() throws IOException {
        JsonNode defs =
                new ObjectMapper().readTree(JobConfigFiles.text(SCHEMA_FILE)).path("$defs");
        JsonNode route = defs.path("route").path("properties");
        JsonNode step = defs.path("patternStep").path("properties");
        JsonNode until = step.path("until").path("properties");

        assertThat(SelectionReader.KEYS).allSatisfy(key -> {
            assertThat(step.has(key) && until.has(key)).as(key).isTrue();
            if (!key.equals("when")) {
                assertThat(step.path(key)).as(key).isEqualTo(route.path(key));
                assertThat(until.path(key)).as(key).isEqualTo(route.path(key));
            }
        });
    }

    @Test
    void everyPropertyIsExplainedToAnEditor() throws IOException {
        assertThat(PublishedSchema.silent(SCHEMA_FILE)).isEmpty();
    }

    static Stream<String> examples() {
        return JobConfigFiles.in("examples");
    }

    static Stream<String> invalid() {
        return JobConfigFiles.in("invalid");
    }

    /** What the schema says of the file as an editor sees it: variables not filled in. */
    private static List<Error> errors(String file) throws IOException {
        return SCHEMA.errors(file, JobConfigFiles.text(file));
    }
}
