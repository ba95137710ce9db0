package dev.weft.job.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weft.event.MeshEvent;
import dev.weft.event.Reason;
import dev.weft.filter.Explanation;
import dev.weft.filter.PlainRuleSet;
import dev.weft.function.Message;
import dev.weft.job.Ingress;
import dev.weft.job.IngressWatch;
import dev.weft.job.JobConfig;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of one event at one ingress of functions, and why.
 *
 * @param messages to which addresses messages go
 * @param lost why the event goes to the dead letter; null where it does not
 */
record IngressStory(
        Ingress ingress,
        Explanation explanation,
        List<String> messages,
        @Nullable String lost) {

    /**
     * Returns what becomes of the event at each ingress.
     *
     * @param channel the channel it is read from; null: every ingress is asked
     */
    static List<IngressStory> of(JobConfig config, @Nullable String channel, MeshEvent event) {
        IngressWatch watch = new IngressWatch(config.ingress());
        List<Ingress> asked = config.functions().ingress().stream()
                .filter(ingress -> channel == null || ingress.from().contains(channel))
                .toList();
        PlainRuleSet rules = PlainRuleSet.of(asked.stream().map(Ingress::where).toList());
        List<IngressStory> stories = new ArrayList<>();
        for (int i = 0; i < asked.size(); i++) {
            Notes notes = new Notes();
            watch.lookBy(asked.get(i).name(), event, Long.MIN_VALUE, notes);
            stories.add(new IngressStory(asked.get(i), rules.explain(i, event), notes.messages, notes.lost));
        }
        return stories;
    }

    private static final class Notes implements IngressWatch.Taker {
        private final List<String> messages = new ArrayList<>();
        private @Nullable String lost;

        @Override
        public void taken(Ingress ingress, Message message) {
            messages.add(message.target().toString());
        }

        @Override
        public void lost(Ingress ingress, Reason reason, String detail) {
            lost = reason.code() + ": " + detail;
        }

        @Override
        public void failed(Ingress ingress) {
            // the explanation tells it
        }
    }

    /** Returns the story for people. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("ingress %s: %s".formatted(ingress.name(), explanation.text().strip()));
        messages.forEach(address -> lines.add("  becomes a message for " + address));
        if (lost != null) {
            lines.add("  goes to the dead letter: " + lost);
        }
        return lines;
    }

    /** Adds the story to others. */
    void addTo(ArrayNode stories) {
        ObjectNode story = stories.addObject().put("ingress", ingress.name());
        story.setAll(explanation.json());
        messages.forEach(story.putArray("messages")::add);
        if (lost != null) {
            story.put("deadLetter", lost);
        }
    }
}
