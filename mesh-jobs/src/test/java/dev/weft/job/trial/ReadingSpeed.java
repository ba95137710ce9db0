package dev.weft.job.trial;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.quota.ClientQuotaAlteration;
import org.apache.kafka.common.quota.ClientQuotaEntity;

/**
 * How fast each subtask of a job can read, however fast the machine is: a quota of the broker. So a test knows how many
 * subtasks a burst needs.
 */
final class ReadingSpeed {

    /** What a record takes in a batch beside its key, its value and its headers. */
    private static final int AROUND = 16;

    private static final int SAMPLE = 1_000;

    private ReadingSpeed() {}

    /** Has the broker send so many of a shop's records per second to each subtask of its job. */
    static void limit(String bootstrapServers, Shop shop, int subtasks, int perSecond) throws Exception {
        double bytes = IntStream.range(0, SAMPLE)
                .mapToObj(shop::record)
                .mapToInt(ReadingSpeed::size)
                .average()
                .orElseThrow();
        List<ClientQuotaAlteration> quotas = new ArrayList<>();
        for (int subtask = 0; subtask < subtasks; subtask++) {
            quotas.add(new ClientQuotaAlteration(
                    new ClientQuotaEntity(Map.of(ClientQuotaEntity.CLIENT_ID, "weft-" + shop.name() + "-" + subtask)),
                    List.of(new ClientQuotaAlteration.Op("consumer_byte_rate", Math.ceil(perSecond * bytes)))));
        }
        var input = new ConfigResource(ConfigResource.Type.TOPIC, shop.input());
        var asItIs = new ConfigEntry(TopicConfig.COMPRESSION_TYPE_CONFIG, "uncompressed");
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            admin.incrementalAlterConfigs(Map.of(input, List.of(new AlterConfigOp(asItIs, AlterConfigOp.OpType.SET))))
                    .all()
                    .get();
            admin.alterClientQuotas(quotas).all().get();
        }
    }

    private static int size(ProducerRecord<byte[], byte[]> record) {
        int headers = StreamSupport.stream(record.headers().spliterator(), false)
                .mapToInt(header -> header.key().length() + header.value().length + 2)
                .sum();
        return AROUND + record.key().length + record.value().length + headers;
    }
}
