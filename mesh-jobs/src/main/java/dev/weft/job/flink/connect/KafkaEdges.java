package dev.weft.job.flink.connect;

import dev.weft.event.Received;
import dev.weft.event.flink.ImmutableTypeInfo;
import dev.weft.job.ChannelConfig;
import dev.weft.job.Guarantee;
import dev.weft.job.JobConfig;
import dev.weft.job.StartFrom;
import dev.weft.route.TopicNames;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.sink.KafkaSinkBuilder;
import org.apache.flink.connector.kafka.sink.TransactionNamingStrategy;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.KafkaSourceBuilder;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * The two edges of a job: one source that reads every channel of the job that is read, one sink that writes everything.
 */
public final class KafkaEdges {

    /** The type of what the source reads. */
    public static final TypeInformation<Received> RECEIVED = ReceivedRecords.TYPE;

    /** The type of what goes to the sink. */
    public static final TypeInformation<Outbound> OUTBOUND =
            new ImmutableTypeInfo<>(Outbound.class, OutboundSerializer.INSTANCE);

    /** What Flink's source calls the setting for {@code discoverEvery}. */
    private static final String DISCOVERY = "partition.discovery.interval.ms";

    /** A dead letter can be as large as anything a broker took; the broker's own limit is the one that counts. */
    private static final String LARGEST_REQUEST = Integer.toString(64 << 20);

    private KafkaEdges() {}

    /**
     * Makes the source. It reads committed records only, commits its offsets when a checkpoint completes, and finds new
     * partitions, and new topics of patterns, while it runs.
     */
    public static KafkaSource<Received> source(JobConfig config, Map<String, String> environment) {
        List<ChannelConfig> channels = config.read();
        Properties users = config.kafka().clientProperties(environment);
        KafkaSourceBuilder<Received> source = KafkaSource.<Received>builder()
                .setProperty(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed")
                .setProperty(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, Integer.toString(4 << 20))
                .setProperties(users)
                .setProperty(
                        DISCOVERY, Long.toString(config.kafka().discoverEvery().toMillis()))
                .setClientIdPrefix("weft-" + config.name())
                .setGroupId(config.kafka().groupId())
                .setStartingOffsets(startingOffsets(config.kafka().startFrom()))
                .setDeserializer(new ReceivedRecords(
                        config.limits().maxEventBytes(),
                        config.redrive()
                                .map(name -> config.channel(name).topic())
                                .orElse(null)));
        source.setProperty(ConsumerConfig.INTERCEPTOR_CLASSES_CONFIG, interceptors(users));
        boolean named = channels.stream().allMatch(channel -> channel.topics() instanceof TopicNames.OneTopic);
        if (named) {
            source.setTopics(channels.stream().map(ChannelConfig::topic).toList());
        } else {
            source.setTopicPattern(anyOf(channels));
        }
        return source.build();
    }

    /**
     * Makes what each subtask reads the control channel with. It reads uncommitted records too, as what the job itself
     * says there is uncommitted until the next checkpoint and would hide the proposals behind it. A proposal is no part
     * of any transaction: it counts once it is written.
     */
    public static ControlFeed.Opening control(JobConfig config, Map<String, String> environment) {
        Properties consumer = config.kafka().clientProperties(environment);
        consumer.setProperty(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_uncommitted");
        consumer.setProperty(ConsumerConfig.GROUP_ID_CONFIG, config.kafka().groupId());
        consumer.setProperty(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        consumer.setProperty(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        return new ControlTopic(config.channel(config.control().orElseThrow()).topic(), consumer);
    }

    /** A user's own interceptors, such as those of a tracing library, come first. */
    private static String interceptors(Properties users) {
        String theirs = users.getProperty(ConsumerConfig.INTERCEPTOR_CLASSES_CONFIG, "");
        return theirs.isBlank() ? EarlyHeaders.class.getName() : theirs + "," + EarlyHeaders.class.getName();
    }

    /** Returns what time it is for what the source reads. */
    public static WatermarkStrategy<Received> watermarks(JobConfig config) {
        return new ChannelWatermarks(config.read());
    }

    private static OffsetsInitializer startingOffsets(StartFrom startFrom) {
        return switch (startFrom) {
            case COMMITTED -> OffsetsInitializer.committedOffsets(OffsetResetStrategy.EARLIEST);
            case EARLIEST -> OffsetsInitializer.earliest();
            case LATEST -> OffsetsInitializer.latest();
        };
    }

    /** One source takes one pattern, so the names and patterns of all channels become the branches of one. */
    static Pattern anyOf(List<ChannelConfig> channels) {
        return Pattern.compile(channels.stream()
                .map(ChannelConfig::topics)
                .map(topics -> topics instanceof TopicNames.TopicPattern pattern
                        ? "(?:" + pattern.pattern().pattern() + ")"
                        : Pattern.quote(topics.toString()))
                .collect(Collectors.joining("|")));
    }

    /**
     * Makes the sink. With {@link Guarantee#EXACTLY_ONCE}, all records of a subtask between two checkpoints, dead
     * letters among them, are one Kafka transaction.
     */
    public static KafkaSink<Outbound> sink(JobConfig config, Map<String, String> environment) {
        return sink(config, environment, transactionalIdPrefix(config));
    }

    /**
     * Makes the sink of what comes from targets, with transactions of its own that commit with the same checkpoints.
     */
    public static KafkaSink<Outbound> deliverySink(JobConfig config, Map<String, String> environment) {
        return sink(config, environment, "deliveries-of-" + transactionalIdPrefix(config));
    }

    /** Makes the sink of what patterns find, with transactions of its own that commit with the same checkpoints. */
    public static KafkaSink<Outbound> matchSink(JobConfig config, Map<String, String> environment) {
        return sink(config, environment, "matches-of-" + transactionalIdPrefix(config));
    }

    /** Makes the sink of what functions write, with transactions of its own that commit with the same checkpoints. */
    public static KafkaSink<Outbound> functionSink(JobConfig config, Map<String, String> environment) {
        return sink(config, environment, "functions-of-" + transactionalIdPrefix(config));
    }

    private static KafkaSink<Outbound> sink(
            JobConfig config, Map<String, String> environment, String transactionalIdPrefix) {
        Properties producer = new Properties();
        producer.setProperty(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        producer.setProperty(ProducerConfig.LINGER_MS_CONFIG, "20");
        producer.setProperty(ProducerConfig.BATCH_SIZE_CONFIG, Integer.toString(128 << 10));
        producer.setProperty(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, LARGEST_REQUEST);
        producer.setProperty(ProducerConfig.BUFFER_MEMORY_CONFIG, LARGEST_REQUEST);
        producer.setProperty(
                ProducerConfig.TRANSACTION_TIMEOUT_CONFIG,
                Long.toString(config.kafka().transactionTimeout().toMillis()));
        Properties users = config.kafka().clientProperties(environment);
        users.stringPropertyNames().forEach(key -> producer.setProperty(key, users.getProperty(key)));
        KafkaSinkBuilder<Outbound> sink = KafkaSink.<Outbound>builder()
                .setKafkaProducerConfig(producer)
                .setRecordSerializer(new OutboundRecords(written(config)));
        if (config.guarantee() == Guarantee.EXACTLY_ONCE) {
            sink.setDeliveryGuarantee(DeliveryGuarantee.EXACTLY_ONCE)
                    .setTransactionalIdPrefix(transactionalIdPrefix)
                    .setTransactionNamingStrategy(TransactionNamingStrategy.POOLING);
        } else {
            sink.setDeliveryGuarantee(DeliveryGuarantee.AT_LEAST_ONCE);
        }
        return sink.build();
    }

    private static List<String> written(JobConfig config) {
        return config.writable().stream().map(ChannelConfig::topic).toList();
    }

    /**
     * A job's name holds no dot, so no job's prefix begins another's: on a restore, Flink ends every open transaction
     * that begins with the prefix.
     */
    static String transactionalIdPrefix(JobConfig config) {
        return "weft-" + config.name() + ".";
    }
}
