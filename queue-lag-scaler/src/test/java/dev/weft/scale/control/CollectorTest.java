package dev.weft.scale.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.scale.PolicySettings.Consumer;
import dev.weft.scale.control.Answers.Subscription;
import dev.weft.scale.control.ScaledQueue.Order;
import dev.weft.scale.control.ScaledQueue.Step;
import dev.weft.scale.control.Trigger.ScaledObjectKey;
import dev.weft.scale.lag.QueueRef;
import dev.weft.testkit.Await;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CollectorTest {

    private static final Duration BOUND = Duration.ofSeconds(60);
    private static final Duration POLL = Duration.ofMillis(300);

    private final Clock clock = Clock.systemUTC();
    private final FakeQueues queues = new FakeQueues(clock, 4);
    private final FakeJobs jobs = new FakeJobs(clock);
    private final FakePods pods = new FakePods();
    private final Kept kept = new Kept();
    private Collector collector = collector();

    @AfterEach
    void close() {
        collector.close();
    }

    @Test
    void answersFromMemoryAndSoonFromKnowledge() throws Exception {
        collector.start();
        Trigger trigger = flink("orders");
        assertThat(collector.of(trigger)).isInstanceOf(Answer.Unknown.class);
        until(trigger, new Answer.Wanted(true, 1));
        assertThat(collector.scaledObjects()).containsExactly(new ScaledObjectKey("shop", "orders"));
        assertThat(collector.history(trigger.scaledObject()).orElseThrow()).isNotEmpty();
        assertThat(collector.history(new ScaledObjectKey("shop", "other"))).isEmpty();
    }

    @Test
    void readsAllThatIsDueAtOnce() throws Exception {
        List<Trigger> all = Stream.of("a", "b", "c", "d")
                .map(name -> Triggers.named(name, Consumer.FLINK_ADAPTIVE, Duration.ofMinutes(1)))
                .toList();
        all.forEach(collector::of);
        collector.start();
        for (Trigger each : all) {
            until(each, new Answer.Wanted(true, 1));
        }
        assertThat(queues.reads).allSatisfy(each -> assertThat(each).hasSize(4));
    }

    @Test
    void aClusterThatDoesNotAnswerHoldsUpNoOther() throws Exception {
        CountDownLatch stuck = new CountDownLatch(1);
        queues.stuck = stuck;
        queues.stuckCluster = "main";
        Trigger other = in("other", group("payments"));
        collector.of(group("orders"));
        collector.of(other);
        collector.start();
        until(other, new Answer.Wanted(true, 1));
        assertThat(collector.of(group("orders"))).isInstanceOf(Answer.Unknown.class);
        stuck.countDown();
        until(group("orders"), new Answer.Wanted(true, 1));
    }

    @Test
    void aJobThatDoesNotAnswerHoldsUpNoOther() throws Exception {
        CountDownLatch stuck = new CountDownLatch(1);
        jobs.stuck.put("orders", stuck);
        collector.of(flink("orders"));
        collector.start();
        until(flink("payments"), new Answer.Wanted(true, 1));
        stuck.countDown();
    }

    @Test
    void aReaderThatFailsIsAnUnknownQueueAndWorksAgainLater() throws Exception {
        queues.broken = "main";
        collector.start();
        Await.until(
                "a reason",
                BOUND,
                () -> collector.of(group("orders")).toString().contains("broken"));
        queues.broken = "";
        until(group("orders"), new Answer.Wanted(true, 1));
    }

    @Test
    void aStepThatFailsStopsNoOther() throws Exception {
        CountDownLatch failed = new CountDownLatch(2);
        collector = collector(new CollectorEvents() {
            @Override
            public void stepTaken(ScaledObjectKey scaledObject, Step step) {
                if (scaledObject.name().equals("orders")) {
                    throw new IllegalStateException("planted");
                }
            }

            @Override
            public void stepFailed(ScaledObjectKey scaledObject) {
                failed.countDown();
            }
        });
        collector.of(group("orders"));
        collector.start();
        until(group("payments"), new Answer.Wanted(true, 1));
        Await.until("two failures", BOUND, () -> failed.getCount() == 0);
        Await.until(
                "its reason",
                BOUND,
                () -> collector.of(group("orders")).toString().contains("planted"));
    }

    @Test
    void theFirstRecordWakesASleeperAtTheNextLook() throws Exception {
        AtomicInteger woke = new AtomicInteger();
        collector = collector(new CollectorEvents() {
            @Override
            public void stepTaken(ScaledObjectKey scaledObject, Step step) {
                if (step.answer().equals(new Answer.Wanted(true, 1))) {
                    woke.compareAndSet(0, queues.reads.size());
                }
            }
        });
        Trigger trigger = sleeping();
        List<Answer> heard = new CopyOnWriteArrayList<>();
        try (Subscription ignored = collector.watch(trigger, heard::add)) {
            int looks = queues.reads.size();
            queues.ends.put("orders", 1L);
            Await.until("the wake", BOUND, () -> heard.contains(new Answer.Wanted(true, 1)));
            assertThat(woke.get()).as("the look that woke it").isBetween(looks, looks + 2); // one was under way
        }
    }

    @Test
    void aListenerHearsWhatIsKnownAndThenWhatDiffersAndNothingAfterItsEnd() throws Exception {
        collector.start();
        List<Answer> heard = new CopyOnWriteArrayList<>();
        Subscription subscription = collector.watch(flink("orders"), heard::add);
        Await.until("an answer", BOUND, () -> heard.contains(new Answer.Wanted(true, 1)));
        subscription.close();
        int before = heard.size();
        queues.away.add("orders");
        Await.until("its change", BOUND, () -> collector.of(flink("orders")) instanceof Answer.Unknown);
        assertThat(heard).hasSize(before);
        assertThat(heard).doesNotHaveDuplicates();
    }

    @Test
    void aListenerThatBlocksHoldsUpNothing() throws Exception {
        collector.start();
        CountDownLatch never = new CountDownLatch(1);
        try (Subscription ignored = collector.watch(flink("orders"), answer -> {
            try {
                never.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        })) {
            until(flink("orders"), new Answer.Wanted(true, 1));
            List<Answer> heard = new CopyOnWriteArrayList<>();
            try (Subscription other = collector.watch(flink("orders"), heard::add)) {
                assertThat(other).isNotNull();
                Await.until("the other listener", BOUND, () -> !heard.isEmpty());
            }
        }
        never.countDown();
    }

    @Test
    void anotherTriggerTakesThePlaceOfTheFirstAndKeepsItsListeners() throws Exception {
        collector.start();
        List<Answer> heard = new CopyOnWriteArrayList<>();
        try (Subscription ignored = collector.watch(group("orders"), heard::add)) {
            until(group("orders"), new Answer.Wanted(true, 1));
            Trigger other = flink("orders");
            jobs.told.put("orders", 4);
            until(other, new Answer.Wanted(true, 4));
            Await.until("the listener", BOUND, () -> heard.contains(new Answer.Wanted(true, 4)));
            assertThat(collector.scaledObjects()).hasSize(1);
        }
    }

    @Test
    void whatAStepOfTheFirstTriggerComesToLateIsToldToNobody() throws Exception {
        AtomicInteger undecided = new AtomicInteger();
        collector = collector(new CollectorEvents() {
            @Override
            public void stepTaken(ScaledObjectKey scaledObject, Step step) {
                undecided.addAndGet(step.decision().isEmpty() ? 1 : 0);
            }
        });
        CountDownLatch stuck = new CountDownLatch(1);
        jobs.stuck.put("orders", stuck);
        List<Answer> heard = new CopyOnWriteArrayList<>();
        try (Subscription ignored = collector.watch(flink("orders"), heard::add)) {
            collector.start();
            Await.until("a step that waits for its job", BOUND, () -> jobs.reads.get() > 0);
            until(group("orders"), new Answer.Wanted(true, 1));
            int before = undecided.get();
            stuck.countDown();
            Await.until("that step", BOUND, () -> undecided.get() > before);
            collector.close(); // whoever is to be told is told before
            assertThat(heard).last().isEqualTo(new Answer.Wanted(true, 1));
        }
    }

    @Test
    void twoTriggersInTurnAreAMistakeThatIsNamed() throws Exception {
        collector.start();
        Trigger one = group("orders");
        Trigger other = flink("orders");
        collector.of(one);
        collector.of(other);
        assertThat(collector.of(one).toString()).contains("two triggers", "shop/orders");
        until(other, new Answer.Wanted(true, 1));
        assertThat(collector.of(one).toString()).contains("two triggers");
    }

    @Test
    void whatNobodyAsksForIsForgottenAndItsMemoryKept() throws Exception {
        collector.start();
        until(group("orders"), new Answer.Wanted(true, 1));
        Await.until("it to be forgotten", BOUND, () -> {
            passes(Duration.ofSeconds(610));
            return collector.scaledObjects().isEmpty();
        });
        assertThat(kept.memories).containsKey("shop/orders");
    }

    @Test
    void goesOnAfterARestartWhereItWas() throws Exception {
        Trigger trigger = sleeping();
        collector.close();
        collector = collector();
        collector.start();
        collector.of(trigger);
        Await.until("an answer", BOUND, () -> {
            Answer answer = collector.of(trigger);
            assertThat(answer).isNotEqualTo(new Answer.Wanted(true, 1));
            return answer instanceof Answer.Wanted wanted && !wanted.active();
        });
    }

    @Test
    void looksAtNothingBeforeWhatIsRememberedIsLoaded() throws Exception {
        kept.failures.set(1_000);
        collector.of(group("orders"));
        collector.start();
        Await.until("a failure", BOUND, () -> kept.failures.get() < 1_000);
        assertThat(collector.isReady()).isFalse();
        assertThat(queues.reads).isEmpty();
        kept.failures.set(0);
        until(group("orders"), new Answer.Wanted(true, 1));
        assertThat(collector.isReady()).isTrue();
    }

    @Test
    void aMemoryThatCannotBeReadIsLeftBehind() throws Exception {
        kept.memories.put("shop/orders", new byte[] {1, 2, 3});
        collector.start();
        until(group("orders"), new Answer.Wanted(true, 1));
    }

    @Test
    void anAnswerNobodyRenewsIsTakenBack() throws Exception {
        collector.start();
        until(group("orders"), new Answer.Wanted(true, 1));
        queues.stuckCluster = "main";
        queues.stuck = new CountDownLatch(1);
        int before = queues.reads.size();
        Await.until("a look that hangs", BOUND, () -> queues.reads.size() > before);
        Await.until("the answer to be taken back", BOUND, () -> {
            passes(Duration.ofSeconds(70));
            return collector.of(group("orders")).toString().contains("nobody has looked for");
        });
    }

    @Test
    void ordersAreCarriedOut() throws Exception {
        List<Order> done = new CopyOnWriteArrayList<>();
        collector = collector(new CollectorEvents() {
            @Override
            public void orderEnded(ScaledObjectKey scaledObject, Order order, boolean ok) {
                done.add(order);
            }
        });
        queues.ends.put("orders", 1L);
        collector.start();
        collector.of(group("orders"));
        Await.until("a probe", BOUND, () -> done.stream().anyMatch(Order.Probe.class::isInstance));
    }

    @Test
    void fewerReplicasAreToldOnceThePodsAreMarked() throws Exception {
        Trigger trigger = withMoreReplicasThanTheJobNeeds();
        CountDownLatch stuck = new CountDownLatch(1);
        pods.stuck = stuck;
        collector.start();
        until(trigger, new Answer.Wanted(true, 4));
        until(flink("payments"), new Answer.Wanted(true, 1));
        assertThat(collector.of(trigger)).isEqualTo(new Answer.Wanted(true, 4));
        stuck.countDown();
        until(trigger, new Answer.Wanted(true, 1));
        assertThat(pods.marked).containsExactly(FakePods.first(1));
    }

    @Test
    void aKubernetesThatSaysNoIsCountedAndHoldsUpNoOther() throws Exception {
        Trigger trigger = withMoreReplicasThanTheJobNeeds();
        List<Order> failed = new CopyOnWriteArrayList<>();
        pods.isAway = true;
        collector = collector(new CollectorEvents() {
            @Override
            public void orderEnded(ScaledObjectKey scaledObject, Order order, boolean ok) {
                if (!ok) {
                    failed.add(order);
                }
            }
        });
        collector.start();
        until(trigger, new Answer.Wanted(true, 4));
        Await.until("a failure", BOUND, () -> failed.contains(new Order.MarkPods(FakePods.first(1))));
        until(flink("payments"), new Answer.Wanted(true, 1));
    }

    /** A job that was seen to run with one subtask of four while nobody could tell Kubernetes. */
    private Trigger withMoreReplicasThanTheJobNeeds() {
        Story before = new Story(Triggers.of(Consumer.FLINK_ADAPTIVE));
        before.marks = Marks.UNCHANGED;
        before.kubernetesAnswers = false;
        before.runsWith(4);
        assertThat(before.shrinks().answer()).isEqualTo(new Answer.Wanted(true, 4));
        assertThat(before.parallelism).isOne();
        kept.memories.put("shop/orders", before.remembered());
        pods.kept.add("orders");
        return flink("orders");
    }

    /** A consumer that was put to sleep before the scaler was started. */
    private Trigger sleeping() throws Exception {
        Trigger trigger = group("orders");
        Story before = new Story(Triggers.of(Consumer.GROUP));
        assertThat(before.after(Duration.ofMinutes(3)).answer()).isEqualTo(new Answer.Wanted(false, 0, 1));
        kept.memories.put("shop/orders", before.remembered());
        collector.start();
        until(trigger, new Answer.Wanted(false, 0, 1));
        return trigger;
    }

    /**
     * As much time of the collector's own; its thread counts beats meanwhile, and one of theirs may undo many of ours.
     */
    private void passes(Duration time) {
        for (long beats = time.toMillis() / 100; beats > 0; beats--) {
            collector.beat();
        }
    }

    private void until(Trigger trigger, Answer answer) throws Exception {
        Await.until(answer.toString(), BOUND, () -> collector.of(trigger).equals(answer));
    }

    private Collector collector() {
        return collector(new CollectorEvents() {});
    }

    private Collector collector(CollectorEvents events) {
        return new Collector(queues, jobs, pods, kept, clock, events);
    }

    private static Trigger flink(String name) {
        return Triggers.named(name, Consumer.FLINK_ADAPTIVE, POLL);
    }

    private static Trigger group(String name) {
        return Triggers.named(name, Consumer.GROUP, POLL);
    }

    private static Trigger in(String cluster, Trigger trigger) {
        QueueRef queue = trigger.queue();
        return new Trigger(
                trigger.scaledObject(),
                new QueueRef(cluster, queue.group(), new TreeSet<>(queue.topics()), Set.of()),
                trigger.start(),
                trigger.job(),
                trigger.policy());
    }

    /** A topic that is kept while a test lasts. */
    private static final class Kept implements Memories {

        final Map<String, byte[]> memories = new ConcurrentHashMap<>();
        final AtomicInteger failures = new AtomicInteger();

        @Override
        public Map<String, byte[]> load() throws IOException {
            if (failures.getAndUpdate(each -> Math.max(0, each - 1)) > 0) {
                throw new IOException("the broker is away");
            }
            return new HashMap<>(memories);
        }

        @Override
        public void keep(String name, byte[] memory) {
            memories.put(name, memory);
        }

        @Override
        public long failed() {
            return 0;
        }
    }
}
