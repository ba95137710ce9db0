package dev.weft.scale.kafka;

import dev.weft.scale.lag.Reading;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;

/** Which partitions topics have; asked again now and then, because topics grow, vanish and come again. */
final class TopicCatalog {

    private final long freshNanos;
    private final Map<String, Topic> known = new ConcurrentHashMap<>();

    /**
     * A topic.
     *
     * @param id what tells it from another of the same name
     * @param askedAt by {@link System#nanoTime()}
     */
    record Topic(String name, String id, List<Integer> partitions, long askedAt) {}

    /** Makes a catalog that asks again for what it learned longer ago than {@code fresh}. */
    TopicCatalog(Duration fresh) {
        this.freshNanos = fresh.toNanos();
    }

    /** Returns what is known of each topic. */
    Map<String, Reading<Topic>> topics(Admin admin, Collection<String> names, Deadline deadline) {
        Map<String, Reading<Topic>> topics = new HashMap<>();
        long now = System.nanoTime();
        for (String name : names) {
            Topic topic = known.get(name);
            if (topic != null && now - topic.askedAt() < freshNanos) {
                topics.put(name, new Reading.Known<>(topic));
            }
        }
        List<String> asked = names.stream()
                .filter(name -> !topics.containsKey(name))
                .distinct()
                .toList();
        if (!asked.isEmpty()) {
            var options = new DescribeTopicsOptions().timeoutMs(deadline.leftMs());
            admin.describeTopics(asked, options).topicNameValues().forEach((name, answer) -> {
                Reading<Topic> topic = deadline.await(answer.thenApply(each -> topic(each, now)));
                topic.value().ifPresentOrElse(each -> known.put(name, each), () -> known.remove(name));
                topics.put(name, topic);
            });
        }
        return topics;
    }

    /** Makes sure that a topic is asked about before it is believed to be as it was. */
    void doubt(String name) {
        known.remove(name);
    }

    private static Topic topic(TopicDescription description, long now) {
        return new Topic(
                description.name(),
                description.topicId().toString(),
                description.partitions().stream().map(each -> each.partition()).toList(),
                now);
    }
}
