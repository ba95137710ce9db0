package dev.weft.job.trial.function;

import static java.util.Objects.requireNonNull;

import dev.weft.job.trial.function.Command.Await;
import dev.weft.job.trial.function.Command.Cancel;
import dev.weft.job.trial.function.Command.Kind;
import dev.weft.job.trial.function.Command.Report;
import dev.weft.job.trial.function.Command.Send;
import dev.weft.job.trial.function.Command.SendLater;
import dev.weft.job.trial.function.Command.Target;
import dev.weft.job.trial.function.Command.Tell;
import dev.weft.job.trial.function.Command.Toggle;
import dev.weft.job.trial.function.Command.Update;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** Messages as bytes: a number that says which message of its sender this is, and what is to be done. */
final class CommandForm {

    /** In place of the number, of what comes from outside or comes later. */
    static final int UNNUMBERED = -1;

    private static final Kind[] KINDS = Kind.values();

    private CommandForm() {}

    /** What one message says. */
    record Order(int number, List<Command> commands) {}

    static byte[] write(Order order) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            DataOutputStream out = new DataOutputStream(bytes);
            out.writeInt(order.number());
            write(order.commands(), out);
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Order read(byte[] bytes) {
        try {
            DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
            return new Order(in.readInt(), read(in));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(List<Command> commands, DataOutputStream out) throws IOException {
        out.writeShort(commands.size());
        for (Command command : commands) {
            write(command, out);
        }
    }

    private static void write(Command command, DataOutputStream out) throws IOException {
        if (command instanceof Update update) {
            out.writeByte('u');
            out.writeLong(update.number());
        } else if (command instanceof Tell tell) {
            out.writeByte('t');
            out.writeLong(tell.number());
        } else if (command instanceof Send send) {
            out.writeByte('s');
            write(send.to(), out);
            write(send.then(), out);
        } else if (command instanceof SendLater later) {
            out.writeByte('l');
            write(later.to(), out);
            out.writeInt(later.millis());
            out.writeUTF(later.token() == null ? "" : requireNonNull(later.token()));
            write(later.then(), out);
        } else if (command instanceof Cancel cancel) {
            out.writeByte('c');
            out.writeUTF(cancel.token());
        } else if (command instanceof Await await) {
            out.writeByte('a');
            out.writeInt(await.millis());
            write(await.then(), out);
        } else {
            out.writeByte(command instanceof Toggle ? 'o' : 'r');
        }
    }

    private static void write(Target target, DataOutputStream out) throws IOException {
        out.writeByte(target.kind().ordinal());
        out.writeInt(target.number());
    }

    private static List<Command> read(DataInputStream in) throws IOException {
        int size = in.readUnsignedShort();
        List<Command> commands = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            commands.add(readOne(in));
        }
        return commands;
    }

    private static Command readOne(DataInputStream in) throws IOException {
        byte kind = in.readByte();
        return switch (kind) {
            case 'u' -> new Update(in.readLong());
            case 't' -> new Tell(in.readLong());
            case 's' -> new Send(readTarget(in), read(in));
            case 'l' -> {
                Target to = readTarget(in);
                int millis = in.readInt();
                String token = in.readUTF();
                yield new SendLater(to, millis, token.isEmpty() ? null : token, read(in));
            }
            case 'c' -> new Cancel(in.readUTF());
            case 'a' -> new Await(in.readInt(), read(in));
            case 'o' -> new Toggle();
            case 'r' -> new Report();
            default -> throw new IOException("found command " + kind);
        };
    }

    private static Target readTarget(DataInputStream in) throws IOException {
        return new Target(KINDS[in.readByte()], in.readInt());
    }
}
