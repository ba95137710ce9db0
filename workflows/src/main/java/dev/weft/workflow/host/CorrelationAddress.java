package dev.weft.workflow.host;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weft.function.Address;
import dev.weft.workflow.jq.CanonicalJson;
import java.util.List;

/**
 * Where those who wait for events of a filter meet the events. With values: one address for each combination of them,
 * so that an event finds those it is meant for by one look. Without: shards, of which the waiter chooses one by its id
 * and the event takes all.
 *
 * <p>An address with many waiters has others below it, which {@link #below} tells; see {@link Correlation}.
 */
final class CorrelationAddress {

    /** Longer texts are replaced by their hash. */
    private static final int LONGEST = 200;

    private CorrelationAddress() {}

    static Address of(String filterKey, List<JsonNode> values) {
        String text = CanonicalJson.of(values);
        return at(filterKey + (text.length() <= LONGEST ? text : "=" + StableHash.id(text)));
    }

    static Address ofShard(String filterKey, int shard) {
        return at(filterKey + "#" + shard);
    }

    /** Returns where an instance waits for events of a filter. */
    static Address ofWaiter(AskedFilter filter, List<JsonNode> values, String instance, int shards) {
        return filter.hasValues()
                ? of(filter.key(), values)
                : ofShard(filter.key(), (int) Long.remainderUnsigned(StableHash.number(instance), shards));
    }

    /**
     * Returns one of the addresses below.
     *
     * @param depth of the address that is given; 0 for one that the other methods give
     * @param branch from 0 to 15
     */
    static Address below(String id, int depth, int branch) {
        return at(id + (depth == 0 ? "~" : "") + Integer.toHexString(branch));
    }

    /** Returns the address above one of that depth. */
    static Address above(String id, int depth) {
        return at(id.substring(0, id.length() - (depth == 1 ? 2 : 1)));
    }

    private static Address at(String id) {
        return new Address(WorkflowTypes.CORRELATION, id);
    }
}
