package dev.weft.workflow.engine;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The events that an instance has consumed of late, and when: by the newest token it had given then. So a task that was
 * begun later does not consume an event again that comes once more, say out of a buffer; tasks side by side do.
 */
final class Consumed {

    private static final int MOST = 1000;

    private final Map<Long, Long> newestTokens = new LinkedHashMap<>(2);

    boolean isTaken(long event, long token) {
        if (newestTokens.isEmpty()) {
            return false;
        }
        Long newest = newestTokens.get(event);
        return newest != null && newest < token;
    }

    void take(long event, long newestToken) {
        newestTokens.putIfAbsent(event, newestToken);
        if (newestTokens.size() > MOST) {
            Iterator<Long> oldest = newestTokens.keySet().iterator();
            oldest.next();
            oldest.remove();
        }
    }

    void write(InstanceWriter out) {
        out.number(newestTokens.size());
        newestTokens.forEach((event, token) -> {
            out.fixed(event);
            out.number(token);
        });
    }

    void read(InstanceReader in) throws InstanceUnreadable {
        for (int left = in.size(); left > 0; left--) {
            long event = in.fixed();
            newestTokens.put(event, in.number());
        }
    }
}
