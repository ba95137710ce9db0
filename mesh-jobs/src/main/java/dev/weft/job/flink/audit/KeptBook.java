package dev.weft.job.flink.audit;

import dev.weft.job.audit.Book;
import dev.weft.job.audit.Cut;
import dev.weft.job.audit.CutText;
import dev.weft.job.audit.Cuts;
import dev.weft.job.audit.Page;
import java.util.List;
import java.util.function.Consumer;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;

/**
 * The {@link Book} of one subtask, kept in operator state: after a change of the parallelism each subtask goes on with
 * the sum of what it is given, and some with nothing. What it said at the last complete checkpoint is shown as the
 * metric {@code weft.audit}, and as {@code weft.audit-1} and so on where one text is too short for it.
 */
final class KeptBook {

    /** The name by which savepoints know the state. */
    static final String STATE = "audit";

    private static final ListStateDescriptor<Page> PAGES = new ListStateDescriptor<>(STATE, PageSerializer.INSTANCE);
    private static final String GROUP = "weft";
    private static final String METRIC = "audit";

    private final Book book = new Book();
    private final Cuts cuts = new Cuts();
    private final ListState<Page> pages;
    private final MetricGroup weft;
    private int parts;

    private KeptBook(ListState<Page> pages, MetricGroup operator) {
        this.pages = pages;
        this.weft = operator.addGroup(GROUP);
    }

    /** Opens the book of a subtask, with what it said at the checkpoint from which the job goes on. */
    static KeptBook restored(OperatorStateStore state, MetricGroup operator) throws Exception {
        KeptBook kept = new KeptBook(state.getListState(PAGES), operator);
        kept.pages.get().forEach(kept.book::add);
        kept.show(1);
        return kept;
    }

    Book book() {
        return book;
    }

    /**
     * Writes the book into the state of a checkpoint.
     *
     * @param momentary adds what is to be shown besides: what is counted where it is, and so is kept there
     */
    void freeze(long checkpoint, Consumer<Book> momentary) throws Exception {
        Page page = book.page();
        pages.update(List.of(page));
        Book whole = new Book();
        whole.add(page);
        momentary.accept(whole);
        cuts.freeze(checkpoint, whole.page());
    }

    /** The checkpoint is complete on all subtasks: shows what was written then. */
    void completed(long checkpoint) {
        cuts.completed(checkpoint);
        Cut shown = cuts.shown();
        if (shown != null) {
            show(CutText.parts(shown));
        }
    }

    void aborted(long checkpoint) {
        cuts.aborted(checkpoint);
    }

    private void show(int count) {
        for (; parts < count; parts++) {
            int part = parts;
            Gauge<String> text = () -> text(part);
            weft.gauge(part == 0 ? METRIC : METRIC + "-" + part, text);
        }
    }

    private String text(int part) {
        Cut shown = cuts.shown();
        return shown == null ? "" : CutText.part(shown, part);
    }
}
