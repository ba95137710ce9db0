package dev.weft.job;

import dev.weft.event.Reason;
import dev.weft.event.WireRecord;
import java.util.ArrayList;
import java.util.List;

/** Writes down what it is told. */
final class OutletLog implements Dispatcher.Outlet {
    final List<String> said = new ArrayList<>();
    final List<WireRecord> written = new ArrayList<>();

    private final JobConfig job;

    OutletLog(JobConfig job) {
        this.job = job;
    }

    @Override
    public void received() {
        said.add("received");
    }

    @Override
    public void matched(int route) {
        said.add("matched " + job.routes().get(route).name());
    }

    @Override
    public void expressionFailed(int route) {
        said.add("expression failed of " + job.routes().get(route).name());
    }

    @Override
    public void unmatched() {
        said.add("unmatched");
    }

    @Override
    public void deliver(int channel, WireRecord record) {
        said.add("to " + job.channels().get(channel).name());
        written.add(record);
    }

    @Override
    public void deadLetter(Reason reason, WireRecord record) {
        said.add("dead " + reason.code());
        written.add(record);
    }
}
