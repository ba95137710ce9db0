package dev.weft.job;

import dev.weft.digest.Sha256;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.io.UncheckedIOException;

/**
 * The routes with steps that remember, as they are sent to where memory is kept. In the form of Java's serialization,
 * which is right for a message between two parts of one job, and would not be for state.
 *
 * @param id of the plan: its digest. Equal plans may have several ids, and none is that of another plan
 * @param bytes the plan; nobody may write to them
 */
@SuppressWarnings("ArrayRecordComponent") // compared by id alone
public record StepsPlan(String id, byte[] bytes) {

    /** Returns what is to be sent of that plan. */
    public static StepsPlan of(RoutingPlan plan) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(plan.remembering());
        } catch (IOException e) {
            throw new UncheckedIOException("a plan is serializable, and memory takes it", e);
        }
        byte[] written = bytes.toByteArray();
        return new StepsPlan(Sha256.id(Sha256.of(written)), written);
    }

    /**
     * Returns the plan.
     *
     * @param classes where its classes are found
     */
    public RoutingPlan read(ClassLoader classes) {
        try (ObjectInputStream in = new ResolvingStream(bytes, classes)) {
            return (RoutingPlan) in.readObject();
        } catch (IOException | ClassNotFoundException e) {
            throw new IllegalStateException("a plan cannot be read that this job has sent itself", e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof StepsPlan that && id.equals(that.id);
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }

    @Override
    public String toString() {
        return "plan " + id;
    }

    /** In a job, Weft's classes are those of the job jar, which the platform's own lookup does not find. */
    private static final class ResolvingStream extends ObjectInputStream {
        private final ClassLoader classes;

        ResolvingStream(byte[] bytes, ClassLoader classes) throws IOException {
            super(new ByteArrayInputStream(bytes));
            this.classes = classes;
        }

        @Override
        protected Class<?> resolveClass(ObjectStreamClass described) throws IOException, ClassNotFoundException {
            try {
                return Class.forName(described.getName(), false, classes);
            } catch (ClassNotFoundException e) {
                return super.resolveClass(described); // primitive types have no name to be found by
            }
        }
    }
}
