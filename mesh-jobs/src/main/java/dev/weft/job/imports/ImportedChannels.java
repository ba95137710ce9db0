package dev.weft.job.imports;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Names the channels of an import: one name for one thing of the source, however often it is met. */
final class ImportedChannels {

    private final Ends ends;
    private final FreshNames names = new FreshNames();
    private final Map<String, ImportedChannel> channels = new LinkedHashMap<>();
    private final Map<String, String> topics = new HashMap<>();

    ImportedChannels(Ends ends) {
        this.ends = ends;
        ends.from().ifPresent(name -> given(name, "read by every route"));
        ends.to()
                .filter(name -> !ends.from().equals(ends.to()))
                .ifPresent(name -> given(name, "written by every route"));
    }

    private void given(String name, String about) {
        channels.put(name, new ImportedChannel(names.take(name), topic(name), about));
    }

    /** Returns the channel that is read in place of {@code what}. */
    String from(String what, String topic, String about) {
        return ends.from().orElseGet(() -> named("read " + what, what, topic, about));
    }

    /** Returns the channel that is written in place of {@code what}. */
    String to(String what, String about) {
        return ends.to().orElseGet(() -> named("write " + what, what, FreshNames.form(what), about));
    }

    List<ImportedChannel> all() {
        return new ArrayList<>(channels.values());
    }

    private String named(String key, String wanted, String topic, String about) {
        return channels.computeIfAbsent(key, absent -> new ImportedChannel(names.take(wanted), topic(topic), about))
                .name();
    }

    /** Two channels never share a topic. */
    private String topic(String wanted) {
        String topic = wanted.replaceAll("[^A-Za-z0-9._-]", "-");
        String free = topic;
        for (int i = 2; topics.putIfAbsent(free, free) != null; i++) {
            free = topic + "-" + i;
        }
        return free;
    }
}
