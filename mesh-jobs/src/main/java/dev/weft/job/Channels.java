package dev.weft.job;

import dev.weft.config.Fields;
import dev.weft.config.KafkaNames;
import dev.weft.config.Mapping;
import dev.weft.config.Node;
import dev.weft.config.Problems;
import dev.weft.config.Scalar;
import dev.weft.event.EventFormat;
import dev.weft.route.TopicNames;
import dev.weft.route.TopicNames.OneTopic;
import dev.weft.route.TopicNames.TopicPattern;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * The channels of a file, as far as they could be read.
 *
 * @param names all names, also of channels that could not be read: naming one of those is no further mistake
 * @param readable the channels without a mistake
 * @param known whether there are any: without, every name would be unknown, which is one mistake and not many
 */
record Channels(Set<String> names, Map<String, ChannelConfig> readable, boolean known) {

    private static final EventTime EVENT_TIME =
            new EventTime(EventTime.Clock.KAFKA, Duration.ZERO, Duration.ofSeconds(30));

    private static final Duration SHORTEST_TTL = Duration.ofSeconds(1);
    private static final Duration LONGEST_TTL = Duration.ofDays(30);

    private static final Pattern BACK_REFERENCE = Pattern.compile("(?<!\\\\)(?:\\\\\\\\)*\\\\(?:[1-9]|k<)");

    /** Returns what stands for channels that are missing altogether. */
    static Channels unreadable() {
        return new Channels(Set.of(), Map.of(), false);
    }

    /** Returns a topic as a channel of its name, where the file says nothing of it. */
    static ChannelConfig ofTopic(String topic) {
        return new ChannelConfig(topic, new OneTopic(topic), EventFormat.AS_RECEIVED, EVENT_TIME, null);
    }

    static Channels read(Fields fields, Problems problems) {
        Set<String> names = new LinkedHashSet<>();
        Map<String, ChannelConfig> readable = new LinkedHashMap<>();
        Map<TopicNames, String> owners = new HashMap<>();
        for (Map.Entry<String, Node> member : fields.members()) {
            String name = member.getKey();
            names.add(name);
            if (!Names.isName(name)) {
                String path = member.getValue().path();
                problems.add(fields.keyAt(name), path, "the channel's name \"" + name + "\"", Names.NAME);
            }
            channel(name, member.getValue(), owners, problems).ifPresent(channel -> readable.put(name, channel));
        }
        if (names.isEmpty()) {
            problems.add(
                    fields.node(),
                    fields.node().described(),
                    "at least one channel, such as orders: { topic: shop.orders }");
        }
        return new Channels(names, readable, !names.isEmpty());
    }

    List<ChannelConfig> inOrder() {
        return List.copyOf(readable.values());
    }

    /** Returns the topics of a channel that could be read. */
    Optional<TopicNames> topics(String name) {
        return Optional.ofNullable(readable.get(name)).map(ChannelConfig::topics);
    }

    /** Reads the name of a channel. */
    Optional<String> named(Node at, Problems problems) {
        if (!(at instanceof Scalar scalar && scalar.value() instanceof String name)) {
            problems.add(at, at.described(), "the name of a channel");
            return Optional.empty();
        }
        if (known && !names.contains(name)) {
            problems.addUnknown(at, "channel", name, names);
            return Optional.empty();
        }
        return Optional.of(name);
    }

    /** Reads the name of a channel that can be written to. */
    Optional<String> target(Node at, Problems problems) {
        return named(at, problems).filter(name -> {
            boolean many = topics(name).filter(TopicPattern.class::isInstance).isPresent();
            if (many) {
                problems.add(
                        at,
                        at.described() + ", a channel with topicPattern",
                        "a channel with topic: patterns can only be read");
            }
            return !many;
        });
    }

    /** What cannot be routed is written to the dead letter, so whoever reads it writes to what is read. */
    void refuseDeadLetter(Scalar at, Optional<String> deadLetter, Problems problems) {
        Optional<TopicNames> dead = deadLetter.flatMap(this::topics);
        if (deadLetter.filter(at.text()::equals).isPresent()) {
            problems.add(
                    at,
                    "the dead letter channel " + at.described(),
                    "another channel: what cannot be routed would come back for ever");
        } else if (dead.isPresent() && dead.get() instanceof OneTopic topic) {
            topics(at.text())
                    .filter(read -> read.covers(topic.topic()))
                    .ifPresent(read -> problems.add(
                            at,
                            at.described() + ", whose pattern matches the dead letter's topic " + topic,
                            "a pattern that does not: what cannot be routed would come back for ever"));
        }
    }

    private static Optional<ChannelConfig> channel(
            String name, Node at, Map<TopicNames, String> owners, Problems problems) {
        int before = problems.count();
        Fields fields = Fields.of(at, problems);
        Optional<TopicNames> topics = topics(fields, problems);
        topics.ifPresent(wanted -> refuseSecond(name, wanted, fields, owners, problems));
        EventFormat format = fields.optional("format").oneOf(EventFormat.class).orElse(EventFormat.AS_RECEIVED);
        EventTime eventTime =
                fields.optional("eventTime").fields().map(Channels::eventTime).orElse(EVENT_TIME);
        Dedup dedup = fields.optional("dedup").fields().flatMap(Channels::dedup).orElse(null);
        fields.close();
        return problems.count() > before
                ? Optional.empty()
                : topics.map(wanted -> new ChannelConfig(name, wanted, format, eventTime, dedup));
    }

    private static Optional<TopicNames> topics(Fields fields, Problems problems) {
        if (!fields.has("topicPattern")) {
            String expected = fields.has("topic") ? KafkaNames.TOPIC : "the name of a topic, or topicPattern instead";
            Optional<TopicNames> topic =
                    fields.required("topic").parsed(expected, KafkaNames::topic).map(OneTopic::new);
            fields.optional("topicPattern");
            return topic;
        }
        fields.optional("topic");
        for (String other : List.of("topic", "format")) {
            if (fields.has(other)) {
                String expected =
                        other.equals("topic") ? "one of the two" : "no format: a pattern of topics can only be read";
                problems.add(fields.keyAt(other), fields.path(other), other + " beside topicPattern", expected);
            }
        }
        return fields.optional("topicPattern").node("a regular expression").flatMap(at -> pattern(at, problems));
    }

    private static Optional<TopicNames> pattern(Node at, Problems problems) {
        if (!(at instanceof Scalar scalar && scalar.value() instanceof String expression)) {
            problems.add(at, at.described(), "a regular expression for whole topic names");
            return Optional.empty();
        }
        Optional<PatternSyntaxException> mistake = mistakeIn(expression);
        if (mistake.isPresent()) {
            int index = mistake.get().getIndex();
            String where = index < 0 ? "" : " at its character " + (index + 1);
            String what = mistake.get().getDescription().toLowerCase(Locale.ROOT) + where;
            problems.add(at, at.described() + " (" + what + ")", "a regular expression as Java reads it");
            return Optional.empty();
        }
        // A job reads all its topics at once, so the patterns of all its channels become the branches of one.
        boolean joinable =
                mistakeIn("(?:" + expression + ")|(?:" + expression + ")").isEmpty();
        if (!joinable || BACK_REFERENCE.matcher(expression).find()) {
            String expected = "a regular expression that can be joined with others: no named groups, no references";
            problems.add(at, at.described(), expected);
            return Optional.empty();
        }
        return Optional.of(new TopicPattern(Pattern.compile(expression)));
    }

    private static Optional<PatternSyntaxException> mistakeIn(String expression) {
        try {
            Pattern unused = Pattern.compile(expression);
            return Optional.empty();
        } catch (PatternSyntaxException e) {
            return Optional.of(e);
        }
    }

    private static void refuseSecond(
            String name, TopicNames topics, Fields fields, Map<TopicNames, String> owners, Problems problems) {
        String owner = owners.putIfAbsent(topics, name);
        if (owner != null) {
            String key = topics instanceof OneTopic ? "topic" : "topicPattern";
            Node at = Objects.requireNonNull(((Mapping) fields.node()).get(key));
            problems.add(at, at.described() + ", as in channel \"" + owner + "\"", "a " + key + " of its own");
        }
    }

    private static Optional<Dedup> dedup(Fields fields) {
        Optional<Duration> ttl = fields.required("ttl").duration(SHORTEST_TTL, LONGEST_TTL);
        fields.close();
        return ttl.map(Dedup::new);
    }

    private static EventTime eventTime(Fields fields) {
        EventTime.Clock clock =
                fields.optional("from").oneOf(EventTime.Clock.class).orElse(EVENT_TIME.from());
        Duration outOfOrderness = fields.optional("outOfOrderness")
                .duration(Duration.ZERO, Duration.ofDays(1))
                .orElse(EVENT_TIME.outOfOrderness());
        Duration idleAfter = fields.optional("idleAfter")
                .duration(Duration.ofMillis(100), Duration.ofDays(1))
                .orElse(EVENT_TIME.idleAfter());
        fields.close();
        return new EventTime(clock, outOfOrderness, idleAfter);
    }
}
