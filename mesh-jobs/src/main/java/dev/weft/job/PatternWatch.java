package dev.weft.job;

import dev.weft.cep.Pattern;
import dev.weft.cep.engine.Key;
import dev.weft.cep.engine.Lookout;
import dev.weft.cep.engine.Sighting;
import dev.weft.cep.live.Roster;
import dev.weft.cep.live.Tenure;
import dev.weft.event.MeshEvent;
import dev.weft.filter.Matches;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Shows each event to the patterns of a {@link Roster} that read its topic and are looked for at its time. Not safe for
 * use by several threads.
 */
public final class PatternWatch {

    private final List<ChannelConfig> channels;
    private final ByTopic<Post> posts = new ByTopic<>(this::opened);
    private final Matches matches = new Matches();
    private Roster roster;
    private long past = Long.MIN_VALUE;
    private long nextEnd;

    public PatternWatch(Roster roster, List<ChannelConfig> channels) {
        this.roster = roster;
        this.nextEnd = roster.nextEnd(past);
        this.channels = List.copyOf(channels);
    }

    /** Takes what is seen of one event. */
    public interface Taker {

        /** The pattern looks at the event. */
        void seen(Tenure tenure, Key key, Sighting sighting);

        /** The pattern would look at the event, which has not all the values of its key. */
        void withoutKey(Tenure tenure);

        /** A condition of the pattern cannot be evaluated, and counts as not met. */
        void failed(Tenure tenure);
    }

    /** Returns what is looked for. */
    public Roster roster() {
        return roster;
    }

    /** Looks for something else from the next event on. */
    public void change(Roster next) {
        roster = next;
        nextEnd = next.nextEnd(past);
        posts.clear();
    }

    /**
     * Asks no more for what no event of that time or a later one concerns. The roster stays as it is: other subtasks
     * may not be there yet.
     */
    public void forgetBefore(long time) {
        past = Math.max(past, time);
        if (nextEnd <= time) {
            change(roster);
        }
    }

    /**
     * Shows an event to all whom it concerns.
     *
     * @param time when it happened, milliseconds since 1970
     */
    public void look(MeshEvent event, long time, Taker taker) {
        Post post = posts.of(event.origin().topic());
        if (post.lookout != null) {
            post.taker = taker;
            post.time = time;
            post.lookout.look(event, time, matches, post);
        }
    }

    private Post opened(String topic) {
        List<String> covering = channels.stream()
                .filter(channel -> channel.topics().covers(topic))
                .map(ChannelConfig::name)
                .toList();
        List<Tenure> tenures = roster.tenures().stream()
                .filter(tenure -> tenure.end() > past)
                .filter(tenure -> tenure.pattern().from().stream().anyMatch(covering::contains))
                .toList();
        return new Post(tenures);
    }

    /** Where the events of one topic pass. */
    private static final class Post implements Lookout.Sightings {

        private final List<Tenure> tenures;
        private final @Nullable Lookout lookout;
        private @Nullable Taker taker;
        private long time;

        Post(List<Tenure> tenures) {
            this.tenures = tenures;
            List<Pattern> patterns = tenures.stream().map(Tenure::pattern).toList();
            this.lookout = patterns.isEmpty() ? null : Lookout.of(patterns);
        }

        @Override
        public void seen(int pattern, Key key, Sighting sighting) {
            Tenure tenure = tenures.get(pattern);
            if (tenure.looksAt(time) && taker != null) {
                taker.seen(tenure, key, sighting);
            }
        }

        @Override
        public void withoutKey(int pattern) {
            Tenure tenure = tenures.get(pattern);
            if (tenure.looksAt(time) && taker != null) {
                taker.withoutKey(tenure);
            }
        }

        @Override
        public void failed(int pattern) {
            Tenure tenure = tenures.get(pattern);
            if (tenure.looksAt(time) && taker != null) {
                taker.failed(tenure);
            }
        }
    }
}
