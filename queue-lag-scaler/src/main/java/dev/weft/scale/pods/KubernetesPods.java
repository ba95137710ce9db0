package dev.weft.scale.pods;

import dev.weft.scale.lag.PodControl;
import dev.weft.scale.lag.Reading;
import dev.weft.scale.pods.DeletionCosts.Change;
import dev.weft.scale.rest.Deadline;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The Pods of TaskManagers in the Kubernetes cluster the scaler runs in. What cannot be done in time is
 * {@link Reading.Unknown} with a sentence that says why; what was done until then stays. Safe for use by several
 * threads.
 */
public final class KubernetesPods implements PodControl {

    private final Map<String, Selection> selections;
    private final ServiceAccount account;
    private final ApiServer server;

    /**
     * The Pods of one Flink cluster's TaskManagers.
     *
     * @param namespace the scaler's own if empty
     * @param selector of labels, as {@code kubectl -l} takes it
     */
    public record Selection(Optional<String> namespace, String selector) {}

    /**
     * Makes one; nothing is connected yet.
     *
     * @param selections by the name of the Flink cluster
     * @param within so long may marking take in all
     */
    public KubernetesPods(Map<String, Selection> selections, ServiceAccount account, Duration within) {
        this.selections = Map.copyOf(selections);
        this.account = account;
        this.server = new ApiServer(account, within);
    }

    @Override
    public boolean keeps(String cluster) {
        return selections.containsKey(cluster);
    }

    @Override
    public Reading<Integer> mark(String cluster, Set<String> used) {
        Selection selection = selections.get(cluster);
        if (selection == null) {
            return PodControl.none().mark(cluster, used);
        }
        try {
            return new Reading.Known<>(mark(selection, used));
        } catch (ApiFailure e) {
            return new Reading.Unknown<>(e.reason());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Reading.Unknown<>("the question was given up: the scaler ends");
        }
    }

    private int mark(Selection selection, Set<String> used) throws ApiFailure, InterruptedException {
        Deadline deadline = server.deadline();
        String namespace =
                selection.namespace().isPresent() ? selection.namespace().get() : account.namespace();
        List<Pod> pods = server.pods(namespace, selection.selector(), deadline);
        if (pods.stream().noneMatch(pod -> used.contains(pod.name()))) {
            throw new ApiFailure(
                    "found %d Pods with %s in namespace %s, and none that is called as one of the TaskManagers %s;"
                                    .formatted(pods.size(), selection.selector(), namespace, new TreeSet<>(used))
                            + " expected taskmanager.resource-id to be the name of the Pod");
        }
        List<Change> changes = DeletionCosts.of(pods, used);
        for (Change change : changes) {
            server.say(change, namespace, deadline);
        }
        return changes.size();
    }
}
