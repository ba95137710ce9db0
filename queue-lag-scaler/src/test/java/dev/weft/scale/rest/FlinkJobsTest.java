package dev.weft.scale.rest;

import static dev.weft.scale.rest.ShownJob.DELIVERY;
import static dev.weft.scale.rest.ShownJob.ID;
import static dev.weft.scale.rest.ShownJob.SOURCE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.weft.scale.JobReading;
import dev.weft.scale.JobReading.Checkpoint;
import dev.weft.scale.JobReading.Phase;
import dev.weft.scale.lag.JobRef;
import dev.weft.scale.lag.JobSnapshot;
import dev.weft.scale.lag.Reading;
import dev.weft.testkit.Await;
import dev.weft.testkit.http.Answer;
import dev.weft.testkit.http.ReceivedRequest;
import dev.weft.testkit.http.ScriptedServer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is made of the answers of a JobManager that answers. */
class FlinkJobsTest {

    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final JobRef SHOP = new JobRef("main", "shop");
    private static final Set<String> TOPICS = Set.of("shop.in");

    private final ShownJob job = new ShownJob();
    private ScriptedServer server;
    private FlinkJobs jobs;

    @BeforeEach
    void start() throws Exception {
        server = ScriptedServer.recording(job::answer);
        jobs = jobsWithin(LONG);
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    @Test
    void aJobThatRunsIsRead() {
        job.showsOffset("shop_in", 0, 41);
        job.showsOffset("shop_in", 11, -1);
        job.showsOffset("other", 0, 7);
        job.shows(SOURCE, new Work(0, 500, 5500, 0), new Work(0, 600, 5300, 100));

        JobSnapshot snapshot = snapshot();

        assertThat(snapshot.id()).isEqualTo(ID);
        assertThat(snapshot.at()).isEqualTo(NOW);
        assertThat(snapshot.positions()).isEqualTo(Map.of(new TopicPartition("shop.in", 0), 42L));
        assertThat(snapshot.maxParallelism()).isEqualTo(OptionalInt.of(128));
        assertThat(snapshot.taskManagers()).isEqualTo(2);
        assertThat(snapshot.freeSlots()).isEqualTo(1);
        assertThat(snapshot.reading().phase()).isEqualTo(Phase.RUNNING);
        assertThat(snapshot.reading().parallelism()).isEqualTo(2);
        assertThat(snapshot.reading().upperBound()).isEqualTo(2);
        assertThat(snapshot.reading().checkpointInterval()).isEqualTo(Duration.ofSeconds(10));
        assertThat(snapshot.reading().runningSince()).contains(NOW.minusMillis(2000));
    }

    @Test
    void ratesAreDifferencesByTheClockOfEachSubtask() {
        job.shows(SOURCE, new Work(9_000_000, 80_000, 20_000, 0), new Work(0, 0, 100_000, 0));
        snapshot();
        job.shows(SOURCE, new Work(9_001_000, 82_000, 25_500, 2_500), new Work(500, 1_000, 104_000, 0));

        JobReading reading = snapshot().reading();

        assertThat(reading.recordsPerSecond()).isCloseTo(1_000 / 10.0 + 500 / 5.0, within(1e-9));
        assertThat(reading.busiest()).isCloseTo(0.2, within(1e-9));
        assertThat(reading.backPressured()).isCloseTo(0.25, within(1e-9));
    }

    @Test
    void whileNothingNewIsHeardRatesStayAsTheyWere() {
        job.shows(SOURCE, new Work(100, 5_000, 5_000, 0), new Work(100, 5_000, 5_000, 0));
        JobReading first = snapshot().reading();

        assertThat(snapshot().reading()).isEqualTo(first);
        assertThat(first.recordsPerSecond()).isCloseTo(20, within(1e-9));
    }

    @Test
    void anotherExecutionIsNotComparedWithTheOneBefore() {
        job.shows(SOURCE, new Work(9_000, 50_000, 50_000, 0), new Work(9_000, 50_000, 50_000, 0));
        long before = snapshot().attempt();
        job.began += 100_000;
        job.shows(SOURCE, new Work(200, 500, 1_500, 0), new Work(200, 500, 1_500, 0));

        JobSnapshot snapshot = snapshot();

        assertThat(snapshot.attempt()).isNotEqualTo(before);
        assertThat(snapshot.reading().recordsPerSecond()).isCloseTo(200, within(1e-9));
    }

    @Test
    void aJobOfWhichNothingWasHeardYetIsStillRestarting() {
        job.isMute = true;

        JobReading reading = snapshot().reading();

        assertThat(reading.phase()).isEqualTo(Phase.RESTARTING);
        assertThat(reading.parallelism()).isZero();
    }

    @Test
    void aJobThatHasOnlyBegunIsStillRestarting() {
        job.shows(SOURCE, new Work(1, 900, 0, 0), new Work(1, 900, 0, 0));

        assertThat(snapshot().reading().phase()).isEqualTo(Phase.RESTARTING);
    }

    @Test
    void aJobOfWhichNothingIsHeardAnyMoreIsUnknown() {
        job.lateMillis = 60_000;

        assertThat(unknown(jobs.read(SHOP, TOPICS)))
                .contains("has not heard lately what subtask 0 of \"Source: read\"");
    }

    @Test
    void aJobWithoutTaskManagersWaitsAndItsCheckpointIsRemembered() {
        job.checkpoints = checkpoints("COMPLETED", 7, "null", "");
        snapshot();
        job.taskManagers = 0;
        job.state = "CREATED";
        job.checkpoints = "{\"latest\":{\"completed\":null,\"savepoint\":null},\"history\":[]}";

        JobReading reading = snapshot().reading();

        assertThat(reading.phase()).isEqualTo(Phase.WAITING);
        assertThat(reading.checkpoint()).contains(new Checkpoint(7, Instant.ofEpochMilli(1_007), false));
    }

    @Test
    void aSavepointIsACheckpointAndFailuresSinceThenCount() {
        job.checkpoints = checkpoints(
                "COMPLETED",
                7,
                "{\"id\":9,\"status\":\"COMPLETED\",\"is_savepoint\":true,\"latest_ack_timestamp\":1009}",
                "{\"id\":12,\"status\":\"IN_PROGRESS\"},{\"id\":11,\"status\":\"FAILED\"},{\"id\":10,\"status\":\"FAILED\"},"
                        + "{\"id\":8,\"status\":\"FAILED\"}");

        JobReading reading = snapshot().reading();

        assertThat(reading.checkpoint()).contains(new Checkpoint(9, Instant.ofEpochMilli(1_009), true));
        assertThat(reading.failedCheckpoints()).isEqualTo(2);
    }

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource({
        "RESTARTING, RESTARTING",
        "FAILING, RESTARTING",
        "INITIALIZING, RESTARTING",
        "FAILED, ENDED",
        "CANCELED, ENDED"
    })
    void whatAJobDoesIsSaidInOneWord(String state, Phase phase) {
        job.state = state;

        assertThat(snapshot().reading().phase()).isEqualTo(phase);
    }

    @Test
    void aJobIsFoundByNameByIdOrBecauseThereIsOnlyOne() {
        job.moreJobs = ",{\"jid\":\"ff\",\"name\":\"shop\",\"start-time\":9,\"state\":\"CANCELED\"}";

        assertThat(snapshot(new JobRef("main", "shop")).id()).isEqualTo(ID);
        assertThat(snapshot(new JobRef("main", ID)).id()).isEqualTo(ID);
        assertThat(snapshot(new JobRef("main", "")).id()).isEqualTo(ID);
    }

    @Test
    void aJobThatIsNotThereOrNotAloneIsUnknownWithTheJobsThereAre() {
        job.moreJobs = ",{\"jid\":\"ff\",\"name\":\"shop\",\"start-time\":9,\"state\":\"RUNNING\"}";

        assertThat(unknown(jobs.read(SHOP, TOPICS)))
                .isEqualTo("Flink cluster \"main\" has 2 jobs called \"shop\", expected one: \"shop\" (ff, RUNNING), "
                        + "\"shop\" (" + ID + ", RUNNING)");
        assertThat(unknown(jobs.read(new JobRef("main", "shpo"), TOPICS)))
                .startsWith("Flink cluster \"main\" has no job called \"shpo\"; it has \"shop\"");
        assertThat(unknown(jobs.read(new JobRef("mian", "shop"), TOPICS)))
                .isEqualTo("there is no Flink cluster \"mian\" in the scaler's config but \"main\"");
    }

    @Test
    void offsetsOfManyPartitionsAreAskedForInUrlsThatFlinkReads() {
        for (int partition = 0; partition < 300; partition++) {
            job.showsOffset("shop_in", partition, partition);
        }

        assertThat(snapshot().positions()).hasSize(300);

        assertThat(server.requests())
                .allSatisfy(request -> assertThat(request.target()).hasSizeLessThan(4_000));
    }

    @Test
    void namesOfMetricsAreListedOnceWhileNothingChanges() {
        job.showsOffset("shop_in", 0, 1);
        job.shows(SOURCE, new Work(0, 500_000, 0, 0), new Work(0, 500_000, 0, 0));
        job.shows(DELIVERY, new Work(0, 100, 499_900, 0), new Work(0, 100, 499_900, 0));
        snapshot();
        snapshot();

        assertThat(requests("/vertices/" + SOURCE + "/subtasks/metrics"))
                .filteredOn(request -> !request.target().contains("get="))
                .hasSize(1);
    }

    @Test
    void aKafkaSinkThatWaitsForItsBrokersIsATarget() {
        job.shows(SOURCE, new Work(0, 9_000, 1_000, 0), new Work(0, 9_000, 1_000, 0));
        job.shows(SOURCE, "write__Writer.KafkaProducer.bufferpool-wait-ratio", 0.7);
        assertThat(snapshot().reading().targetLimited()).isTrue();

        job.shows(SOURCE, "write__Writer.KafkaProducer.bufferpool-wait-ratio", 0.1);
        assertThat(snapshot().reading().targetLimited()).isFalse();
    }

    @ParameterizedTest(name = "{0} of 16 calls, source held up for {1} of 10 s: {2}")
    @CsvSource({"16, 6000, true", "3, 6000, false", "16, 0, false"})
    void aDeliveryWithAllItsCallsUnderWayIsATargetIfItHoldsUpTheSource(int calls, int heldUp, boolean isLimited) {
        Work source = new Work(0, 2_000, 8_000 - heldUp, heldUp);
        job.shows(SOURCE, source, source);
        job.shows(DELIVERY, new Work(0, 9_900, 100, 0), new Work(0, 9_900, 100, 0));
        job.shows(DELIVERY, "deliver.weft.target.crm.window", 16);
        job.shows(DELIVERY, "deliver.weft.target.crm.inFlight", calls);

        assertThat(snapshot().reading().targetLimited()).isEqualTo(isLimited);
    }

    @Test
    void aJobIsToldTheBoundsOfAllItsVertices() {
        assertThat(jobs.setParallelism(SHOP, 16)).isEqualTo(new Reading.Known<>(16));

        ReceivedRequest told = requests("/resource-requirements").get(0);
        assertThat(told.method()).isEqualTo("PUT");
        assertThat(new String(told.body(), UTF_8))
                .isEqualTo("{\"%s\":{\"parallelism\":{\"lowerBound\":1,\"upperBound\":16}},".formatted(SOURCE)
                        + "\"%s\":{\"parallelism\":{\"lowerBound\":1,\"upperBound\":12}}}".formatted(DELIVERY));
    }

    @Test
    void moreSubtasksThanAJobCanHaveAreRefused() {
        assertThat(unknown(jobs.setParallelism(SHOP, 200)))
                .isEqualTo("job " + ID + " cannot have 200 subtasks, only 1 to 128: its maximum parallelism");
        assertThat(unknown(jobs.setParallelism(SHOP, 0))).contains("cannot have 0 subtasks");
        assertThat(requests("/resource-requirements")).isEmpty();
    }

    @Test
    void thatAJobRunsInReactiveModeIsExplained() {
        String trace = "org.apache.flink.runtime.rest.handler.RestHandlerException: Could not update\\n\\tat a.B.c\\n"
                + "Caused by: java.lang.UnsupportedOperationException: Cannot change the parallelism of a job running in"
                + " reactive mode.\\n\\tat a.B.c\\n";
        server.answerBy(request -> request.method().equals("PUT")
                ? Answer.text(500, "{\"errors\":[\"Internal server error.\",\"" + trace + "\"]}")
                : job.answer(request));

        assertThat(unknown(jobs.setParallelism(SHOP, 2)))
                .contains("runs in reactive mode", "or scaling: reactive in the trigger");
    }

    @Test
    void aCheckpointIsAskedForAndItsIdReturned() {
        assertThat(jobs.triggerCheckpoint(SHOP)).isEqualTo(new Reading.Known<>(OptionalLong.of(160)));
        assertThat(new String(requests("/checkpoints").get(0).body(), UTF_8))
                .isEqualTo("{\"checkpointType\":\"CONFIGURED\"}");
    }

    @Test
    void aCheckpointThatTakesLongerMayStillComplete() throws Exception {
        jobs = hasty();
        server.answerBy(request -> request.target().endsWith("/r1")
                ? Answer.text(200, "{\"status\":{\"id\":\"IN_PROGRESS\"},\"operation\":null}")
                : job.answer(request));

        assertThat(jobs.triggerCheckpoint(SHOP)).isEqualTo(new Reading.Known<>(OptionalLong.empty()));
    }

    @Test
    void aCheckpointThatIsUnderWayMayStillCompleteThoughTheLastLookIsCutOff() throws Exception {
        jobs = hasty();
        AtomicInteger looks = new AtomicInteger();
        server.answerBy(request -> !request.target().endsWith("/r1")
                ? job.answer(request)
                : looks.getAndIncrement() > 0
                        ? Answer.never()
                        : Answer.text(200, "{\"status\":{\"id\":\"IN_PROGRESS\"},\"operation\":null}"));

        assertThat(jobs.triggerCheckpoint(SHOP)).isEqualTo(new Reading.Known<>(OptionalLong.empty()));
        assertThat(looks).hasValue(2);
    }

    @Test
    void aCheckpointThatFailedIsExplained() {
        server.answerBy(request -> request.target().endsWith("/r1")
                ? Answer.text(
                        200,
                        "{\"status\":{\"id\":\"COMPLETED\"},\"operation\":{\"failureCause\":{\"class\":\"x.Y\","
                                + "\"stack-trace\":\"x.CheckpointException: Checkpoint expired before completing.\\n\"}}}")
                : job.answer(request));

        assertThat(unknown(jobs.triggerCheckpoint(SHOP)))
                .isEqualTo("job " + ID + " made no checkpoint: Checkpoint expired before completing.");
    }

    @Test
    void theTaskManagersThatTasksRunOnAreNamed() {
        job.taskManagers = 3;

        assertThat(snapshot().used()).containsExactlyInAnyOrder("shop-taskmanager-0", "shop-taskmanager-1");
        job.state = "RESTARTING";
        assertThat(snapshot().used()).isEmpty();
    }

    @Test
    void aSchedulerWithoutRequirementsIsAskedForThemOnce() {
        server.answerBy(request -> request.target().endsWith("/resource-requirements")
                ? Answer.text(500, "{\"errors\":[\"java.lang.UnsupportedOperationException: not supported\"]}")
                : job.answer(request));

        assertThat(snapshot().reading().upperBound()).isZero();
        snapshot();
        assertThat(requests("/resource-requirements")).hasSize(1);
    }

    private FlinkJobs jobsWithin(Duration limit) {
        return new FlinkJobs(Map.of("main", FlinkEndpoint.at(server.uri("")).within(limit)), () -> NOW);
    }

    /** With little time, none of which goes into the first connection. */
    private FlinkJobs hasty() throws Exception {
        FlinkJobs hasty = jobsWithin(Duration.ofSeconds(2));
        Await.until(
                "the job to be read",
                LONG,
                () -> hasty.read(SHOP, TOPICS).value().isPresent());
        return hasty;
    }

    private JobSnapshot snapshot() {
        return snapshot(SHOP);
    }

    private JobSnapshot snapshot(JobRef ref) {
        Reading<JobSnapshot> reading = jobs.read(ref, TOPICS);
        return reading.value().orElseThrow(() -> new AssertionError(reading));
    }

    private List<ReceivedRequest> requests(String part) {
        return server.requests().stream()
                .filter(request -> request.target().contains(part))
                .toList();
    }

    private static String unknown(Reading<?> reading) {
        assertThat(reading).isInstanceOf(Reading.Unknown.class);
        return Optional.of(reading)
                .map(Reading.Unknown.class::cast)
                .map(Reading.Unknown::reason)
                .orElseThrow();
    }

    private static String checkpoints(String status, int id, String savepoint, String history) {
        return "{\"latest\":{\"completed\":{\"id\":%d,\"status\":\"%s\",\"is_savepoint\":false,".formatted(id, status)
                + "\"latest_ack_timestamp\":%d},\"savepoint\":%s},\"history\":[%s]}"
                        .formatted(1_000 + id, savepoint, history);
    }
}
