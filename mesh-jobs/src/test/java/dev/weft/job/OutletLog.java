package dev.weft.job;

import dev.weft.event.MeshEvent;
import dev.weft.event.Reason;
import dev.weft.event.WireRecord;
import dev.weft.route.chain.Question;
import java.util.ArrayList;
import java.util.List;

/** Writes down what it is told. */
final class OutletLog implements Dispatcher.Outlet {
    final List<String> said = new ArrayList<>();
    final List<WireRecord> written = new ArrayList<>();
    final List<Pending> asked = new ArrayList<>();

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
    public void push(int route, String target, MeshEvent event, MeshEvent read) {
        said.add("push " + target);
        written.add(event.wire());
    }

    @Override
    public void sentAgain(int route, int destination) {
        said.add("sent again " + job.routes().get(route).name());
    }

    @Override
    public void deadLetter(Reason reason, WireRecord record) {
        said.add("dead " + reason.code());
        written.add(record);
    }

    @Override
    public void stepPassed(int route, int step) {
        said.add("passed " + job.routes().get(route).name() + "." + (step + 1));
    }

    @Override
    public void stepDropped(int route, int step) {
        said.add("dropped " + job.routes().get(route).name() + "." + (step + 1));
    }

    @Override
    public void ask(int route, int step, Question question, MeshEvent event, MeshEvent read) {
        String name = job.routes().get(route).name();
        said.add("asked " + name + "." + (step + 1));
        asked.add(new Pending("plan", name, step, question, event, read));
    }
}
