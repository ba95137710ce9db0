package dev.weft.workflow.engine;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Instances as bytes: a version, the digest of the definition, and the rest by its numbers of tasks. Bytes of older
 * versions are read for as long as this says so; today there is one version.
 */
public final class InstanceForm {

    private static final int VERSION = 1;
    private static final int DIGEST_CHARACTERS = 64;

    private InstanceForm() {}

    /** Returns the instance as bytes. */
    @SuppressWarnings("EnumOrdinal") // the order is part of what is kept
    public static byte[] write(Instance instance) {
        InstanceWriter out = new InstanceWriter(instance.startedAt);
        out.octet(VERSION);
        writeDigest(out, instance.program.definition().digest());
        out.octet(instance.status.ordinal());
        out.text(instance.id);
        out.number(instance.startedAt);
        out.signed(instance.updatedAt - instance.startedAt);
        out.flag(instance.parent != null);
        if (instance.parent != null) {
            out.text(instance.parent.instance());
            out.text(instance.parent.token());
        }
        out.textOrNone(instance.cause);
        out.number(instance.steps);
        if (instance.status.isLast()) {
            out.flag(instance.output().isPresent());
            instance.output().ifPresent(out::json);
            out.error(instance.error().orElse(null));
        } else {
            writeRunning(out, instance);
        }
        return out.done();
    }

    private static void writeRunning(InstanceWriter out, Instance instance) {
        out.number(instance.tokens);
        out.number(instance.told);
        out.time(instance.wakeAt);
        out.json(instance.input);
        writeVisits(out, instance.visits);
        instance.hasReady();
        List<Frame> ready = new ArrayList<>(instance.ready);
        writeFrame(out, instance.root(), ready);
        out.number(instance.held.size());
        instance.held.forEach(signal -> HeldSignal.write(out, signal));
        out.number(instance.completed.size());
        instance.completed.forEach(out::registered);
        instance.consumed.write(out);
        instance.resetPoints.write(out);
    }

    private static void writeVisits(InstanceWriter out, int[] visits) {
        int visited = 0;
        for (int visit : visits) {
            visited += visit == 0 ? 0 : 1;
        }
        out.number(visited);
        for (int i = 0; i < visits.length; i++) {
            if (visits[i] != 0) {
                out.number(i);
                out.number(visits[i]);
            }
        }
    }

    @SuppressWarnings("EnumOrdinal") // the order is part of what is kept
    private static void writeFrame(InstanceWriter out, Frame frame, List<Frame> ready) {
        out.octet(frame.kind().ordinal());
        out.op(frame.op);
        if (frame instanceof Branch branch && frame.parent != null) {
            out.number(branch.number);
        }
        out.json(frame.input);
        out.json(frame.raw);
        out.signed(frame.startedAt - frame.branch.startedAt);
        out.time(frame.deadline);
        out.time(frame.wake);
        out.number(frame.ready ? ready.indexOf(frame) + 1 : 0);
        if (frame.ready) {
            out.opOrNone(frame.at);
            out.json(frame.with);
        }
        frame.write(out);
        out.number(frame.children());
        for (int i = 0; i < frame.children(); i++) {
            writeFrame(out, frame.child(i), ready);
        }
    }

    private static void writeDigest(InstanceWriter out, String digest) {
        boolean packed = digest.length() == DIGEST_CHARACTERS && isHex(digest);
        out.flag(packed);
        if (packed) {
            out.raw(HexFormat.of().parseHex(digest));
        } else {
            out.text(digest);
        }
    }

    private static boolean isHex(String digest) {
        return digest.chars().allMatch(digit -> (digit >= '0' && digit <= '9') || (digit >= 'a' && digit <= 'f'));
    }

    /** Returns the digest of the definition by which the instance goes. */
    public static String digest(byte[] bytes) throws InstanceUnreadable {
        return readDigest(new InstanceReader(bytes));
    }

    private static String readDigest(InstanceReader in) throws InstanceUnreadable {
        int version = in.octet();
        if (version != VERSION) {
            throw new InstanceUnreadable("found version " + version + ", expected " + VERSION);
        }
        return in.flag() ? HexFormat.of().formatHex(in.raw(DIGEST_CHARACTERS / 2)) : in.text();
    }

    /**
     * Reads an instance.
     *
     * @throws InstanceUnreadable if it goes by another program, or the bytes are damaged
     */
    public static Instance read(byte[] bytes, Program program) throws InstanceUnreadable {
        InstanceReader in = new InstanceReader(bytes);
        String digest = readDigest(in);
        if (!digest.equals(program.definition().digest())) {
            throw new InstanceUnreadable("found an instance of the definition " + digest + ", expected one of "
                    + program.definition().digest());
        }
        return read(in, program, program.ops());
    }

    /**
     * Reads an instance of one program as one of another.
     *
     * @param ops of the other program, by the numbers of the first; null for those that are not there
     */
    static Instance readAs(byte[] bytes, Program other, List<? extends @Nullable Op> ops) throws InstanceUnreadable {
        InstanceReader in = new InstanceReader(bytes);
        readDigest(in);
        return read(in, other, ops);
    }

    private static Instance read(InstanceReader in, Program program, List<? extends @Nullable Op> ops)
            throws InstanceUnreadable {
        Status status = in.one(Status.values());
        String id = in.text();
        long startedAt = in.number();
        in.relateTo(ops, startedAt);
        long updatedAt = startedAt + in.signed();
        Signal.Parent parent = in.flag() ? new Signal.Parent(in.text(), in.text()) : null;
        Instance instance = new Instance(program, id, parent, in.textOrNone(), startedAt);
        instance.steps = in.number();
        if (status.isLast()) {
            instance.end(status, in.flag() ? in.json() : null, in.error(), updatedAt);
        } else {
            instance.status = status;
            instance.updatedAt = updatedAt;
            readRunning(in, instance);
        }
        in.end();
        return instance;
    }

    private static void readRunning(InstanceReader in, Instance instance) throws InstanceUnreadable {
        instance.tokens = in.number();
        instance.told = in.number();
        instance.wakeAt = in.time();
        instance.input = in.json();
        for (int left = in.size(); left > 0; left--) {
            Op op = in.opIfItIsThere();
            int visits = in.count();
            if (op != null) {
                instance.visits[op.number] = visits;
            }
        }
        List<@Nullable Frame> ready = new ArrayList<>();
        Frame root = FrameReader.read(in, instance, null, ready);
        if (!(root instanceof Branch branch)) {
            throw new InstanceUnreadable("found " + root.kind() + " as the whole of an instance, expected a branch");
        }
        instance.root(branch);
        for (Frame frame : ready) {
            if (frame == null) {
                throw new InstanceUnreadable("found a gap among what is ready");
            }
            instance.ready.add(frame);
        }
        for (int left = in.size(); left > 0; left--) {
            instance.held.add(HeldSignal.read(in));
        }
        for (int left = in.size(); left > 0; left--) {
            Compensation.Registered registered = in.registered();
            if (registered == null) {
                throw new InstanceUnreadable("found nothing where something to compensate was expected");
            }
            instance.completed.add(registered);
        }
        instance.consumed.read(in);
        instance.resetPoints.read(in);
    }
}
