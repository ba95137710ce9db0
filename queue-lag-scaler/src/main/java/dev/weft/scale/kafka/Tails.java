package dev.weft.scale.kafka;

import dev.weft.scale.control.DaemonThreads;
import dev.weft.scale.lag.QueueReader.Probed;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.InvalidOffsetException;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.jspecify.annotations.Nullable;

/**
 * Looks for records at the tails of partitions, with one consumer for a cluster: a thread of its own takes all the
 * questions that wait and answers them together, so that many who ask at once wait about as long as one.
 */
final class Tails implements AutoCloseable {

    private static final int AT_ONCE = 256;
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

    private final String cluster;
    private final ClientSettings settings;
    private final Duration patience;
    private final BlockingQueue<Question> questions = new LinkedBlockingQueue<>();
    private @Nullable Thread prober;
    private volatile boolean closed;

    Tails(String cluster, ClientSettings settings, Duration patience) {
        this.cluster = cluster;
        this.settings = settings;
        this.patience = patience;
    }

    private record Question(TopicPartition partition, long from, long end, CompletableFuture<Probed> answer) {}

    /** Looks, within twice the patience: who is asked just after a round began waits for its end. */
    Probed probe(TopicPartition partition, long from, long end) {
        if (from >= end) {
            return new Probed.Nothing(from, end);
        }
        Question question = new Question(partition, from, end, new CompletableFuture<>());
        begin();
        questions.add(question);
        try {
            return question.answer().get(2 * patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            questions.remove(question);
            return new Probed.Unclear(silence());
        } catch (ExecutionException e) {
            return new Probed.Unclear(Deadline.said(e.getCause() == null ? e : e.getCause()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Probed.Unclear("the scaler is stopping");
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (prober != null) {
            prober.interrupt();
        }
    }

    private synchronized void begin() {
        if (prober == null && !closed) {
            prober = new DaemonThreads("tails of " + cluster).newThread(this::answerAll);
            prober.start();
        }
    }

    private void answerAll() {
        KafkaConsumer<byte[], byte[]> consumer = null;
        while (!closed) {
            List<Question> round = List.of();
            try {
                round = nextRound();
                consumer = consumer == null ? new KafkaConsumer<>(settings.prober()) : consumer;
                answer(consumer, round);
            } catch (InterruptedException | InterruptException e) {
                leave(round, "the scaler is stopping");
            } catch (RuntimeException e) { // also a question that Kafka's client does not take: the next may be right
                leave(round, "%s says: %s".formatted(cluster, Deadline.said(e)));
                close(consumer);
                consumer = null;
            }
        }
        close(consumer);
    }

    private List<Question> nextRound() throws InterruptedException {
        Map<TopicPartition, Question> round = new HashMap<>();
        List<Question> taken = new ArrayList<>(List.of(questions.take()));
        questions.drainTo(taken, AT_ONCE - 1);
        for (Question each : taken) {
            if (round.putIfAbsent(each.partition(), each) != null) {
                questions.add(each); // the consumer can stand at one place of a partition only
            }
        }
        return new ArrayList<>(round.values());
    }

    private void answer(KafkaConsumer<byte[], byte[]> consumer, List<Question> round) {
        Deadline deadline = new Deadline(cluster, patience);
        consumer.assign(round.stream().map(Question::partition).toList());
        round.forEach(each -> consumer.seek(each.partition(), each.from()));
        List<Question> open = new ArrayList<>(round);
        while (!open.isEmpty() && !deadline.isPast()) {
            var records = poll(consumer, open);
            for (Iterator<Question> left = open.iterator(); left.hasNext(); ) {
                Question question = left.next();
                Iterator<ConsumerRecord<byte[], byte[]>> found =
                        records.records(question.partition()).iterator();
                if (found.hasNext()) {
                    question.answer().complete(found(question, found.next()));
                } else if (consumer.position(question.partition()) >= question.end()) {
                    question.answer().complete(new Probed.Nothing(question.from(), question.end()));
                } else {
                    continue;
                }
                consumer.pause(List.of(question.partition()));
                left.remove();
            }
        }
        leave(open, silence());
        consumer.assign(List.of());
    }

    private ConsumerRecords<byte[], byte[]> poll(KafkaConsumer<byte[], byte[]> consumer, List<Question> open) {
        try {
            return consumer.poll(BETWEEN_LOOKS);
        } catch (InvalidOffsetException | TopicAuthorizationException e) {
            // One partition that cannot be read says nothing of the others.
            String reason = "%s says: %s".formatted(cluster, Deadline.said(e));
            Predicate<Question> isMeant = e instanceof InvalidOffsetException some
                    ? each -> some.partitions().contains(each.partition())
                    : each -> ((TopicAuthorizationException) e)
                            .unauthorizedTopics()
                            .contains(each.partition().topic());
            List<Question> meant = open.stream().filter(isMeant).toList();
            leave(meant, reason);
            open.removeAll(meant);
            consumer.assign(open.stream().map(Question::partition).toList());
            return ConsumerRecords.empty();
        }
    }

    private static Probed found(Question question, ConsumerRecord<byte[], byte[]> record) {
        return record.offset() < question.end()
                ? new Probed.Found(question.from(), record.offset(), Instant.ofEpochMilli(record.timestamp()))
                : new Probed.Nothing(question.from(), question.end());
    }

    private static void leave(List<Question> round, String reason) {
        round.forEach(each -> each.answer().complete(new Probed.Unclear(reason)));
    }

    private String silence() {
        return new Deadline(cluster, patience).silence();
    }

    private static void close(@Nullable KafkaConsumer<byte[], byte[]> consumer) {
        if (consumer == null) {
            return;
        }
        // An interrupt ends the wait for questions; the goodbye to the broker is short anyway.
        Thread.interrupted();
        try {
            consumer.close(CloseOptions.timeout(Duration.ofSeconds(1)));
        } catch (KafkaException e) {
            // It is gone, which is all that was wanted.
        }
    }
}
