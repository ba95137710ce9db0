package dev.weft.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.http.CallFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Random targets, keys, pauses, checkpoints and restarts: whatever happens, every event is delivered or given up, keys
 * stay in order, and nothing is left behind.
 */
class CourierModelTest {

    private static final int RUNS = Integer.getInteger("weft.fuzz", 1500);
    private static final int EVENTS = 60;
    private static final int KEYS = 5;

    @Test
    void everyEventEndsOnceAndKeysStayInOrder() {
        for (int seed = 0; seed < RUNS; seed++) {
            new Run(seed).play();
        }
    }

    private record Given(int bucket, String id, @Nullable String key) {}

    private static final class Run {
        private final int seed;
        private final SplittableRandom random;
        private final World world;
        private final List<Given> given = new ArrayList<>();
        private HeapStore kept = new HeapStore();
        private int keptGiven;
        private List<String> keptDelivered = List.of();
        private List<String> keptBuried = List.of();

        Run(int seed) {
            this.seed = seed;
            this.random = new SplittableRandom(seed);
            int trouble = random.nextInt(100);
            this.world = new World(terms(), seed, (id, attempt) -> answer(trouble));
        }

        private Terms terms() {
            BreakerPolicy breaker = random.nextBoolean()
                    ? null
                    : new BreakerPolicy(50, 1 + random.nextInt(5), Duration.ofMillis(50), Duration.ofMillis(200));
            RetryPolicy retry = new RetryPolicy(
                    1 + random.nextInt(8),
                    Duration.ofMillis(1 + random.nextInt(5000)),
                    random.nextBoolean() ? Backoff.LINEAR : Backoff.EXPONENTIAL,
                    Duration.ofMillis(1 + random.nextInt(100)),
                    Duration.ofMillis(200),
                    random.nextBoolean(),
                    Duration.ofSeconds(1),
                    RetryStatuses.DEFAULT);
            double rate = random.nextInt(3) == 0 ? 50 : Double.POSITIVE_INFINITY;
            return new Terms(
                    "t",
                    1 + random.nextInt(6),
                    random.nextBoolean(),
                    rate,
                    retry,
                    breaker,
                    Order.PER_KEY,
                    ParkingPolicy.DEFAULT);
        }

        private World.Answer answer(int trouble) {
            int millis = random.nextInt(60);
            if (random.nextInt(100) >= trouble) {
                return new World.Answer(World.ok().result(), millis);
            }
            return switch (random.nextInt(4)) {
                case 0 -> new World.Answer(World.status(400).result(), millis);
                case 1 -> new World.Answer(World.none(CallFailure.Kind.TIMEOUT).result(), millis);
                default -> new World.Answer(World.status(503).result(), millis);
            };
        }

        void play() {
            while (given.size() < EVENTS) {
                switch (random.nextInt(12)) {
                    case 0 -> keep();
                    case 1 -> restart();
                    case 2 -> world.courier().pause();
                    case 3, 4 -> world.courier().resume(world.now());
                    case 5, 6 -> world.passes(random.nextInt(80));
                    default -> give();
                }
                checkBooks();
            }
            world.courier().resume(world.now());
            world.passes(Duration.ofMinutes(10).toMillis());
            check();
        }

        private void give() {
            String key = random.nextInt(4) == 0 ? null : "k" + random.nextInt(KEYS);
            int bucket = key == null ? random.nextInt(3) : key.hashCode() % 3;
            accept(new Given(bucket, "e" + given.size(), key));
        }

        private void accept(Given event) {
            given.add(event);
            world.accepts(event.bucket(), event.id(), event.key());
        }

        private void keep() {
            kept = world.checkpoint();
            keptGiven = given.size();
            keptDelivered = List.copyOf(world.delivered);
            keptBuried = List.copyOf(world.buried);
        }

        /** What was given since is given again, as Kafka does it; what was written since is not committed. */
        private void restart() {
            List<Given> again = List.copyOf(given.subList(keptGiven, given.size()));
            given.subList(keptGiven, given.size()).clear();
            world.delivered.clear();
            world.delivered.addAll(keptDelivered);
            world.buried.clear();
            world.buried.addAll(keptBuried);
            world.restart(kept);
            again.forEach(this::accept);
        }

        private void checkBooks() {
            long outstanding = world.courier().outstanding().values().stream()
                    .mapToLong(Outstanding::all)
                    .sum();
            assertThat(world.delivered.size() + world.buried.size() + outstanding)
                    .as("seed %d: delivered, given up and outstanding are what was given", seed)
                    .isEqualTo(given.size());
        }

        private void check() {
            List<String> ended = new ArrayList<>(world.delivered);
            world.buried.forEach(buried -> ended.add(buried.substring(0, buried.indexOf(' '))));
            assertThat(ended)
                    .as("seed %d: every event ends once", seed)
                    .containsExactlyInAnyOrderElementsOf(
                            given.stream().map(Given::id).toList());
            assertThat(world.store().size())
                    .as("seed %d: nothing is left", seed)
                    .isZero();
            assertThat(world.store().heldKeys())
                    .as("seed %d: no key is held", seed)
                    .isZero();
            assertThat(world.courier().parkedBytes()).as("seed %d", seed).isZero();
            checkOrder(world.delivered);
        }

        private void checkOrder(List<String> delivered) {
            Map<String, String> keys = new HashMap<>();
            Map<String, Integer> last = new HashMap<>();
            Set<String> outOfOrder = new HashSet<>();
            given.forEach(event -> {
                if (event.key() != null) {
                    keys.put(event.id(), event.key());
                }
            });
            for (String id : delivered) {
                String key = keys.get(id);
                int number = Integer.parseInt(id.substring(1));
                if (key != null && last.merge(key, number, Math::max) > number) {
                    outOfOrder.add(id);
                }
            }
            assertThat(outOfOrder).as("seed %d: keys stay in order", seed).isEmpty();
        }
    }
}
