package dev.weft.job.trial.function;

import dev.weft.job.trial.function.Command.Await;
import dev.weft.job.trial.function.Command.Cancel;
import dev.weft.job.trial.function.Command.Kind;
import dev.weft.job.trial.function.Command.Send;
import dev.weft.job.trial.function.Command.SendLater;
import dev.weft.job.trial.function.Command.Target;
import dev.weft.job.trial.function.Command.Tell;
import dev.weft.job.trial.function.Command.Toggle;
import dev.weft.job.trial.function.Command.Update;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Random trees of commands, the same for the same seed. Addresses send to a few neighbours each, so that an order of
 * messages between two can be seen.
 */
public final class CommandTrees {

    /** A neighbour's number is larger by one of these: itself, the next ones, and some far away. */
    private static final int[] STEPS = {0, 1, 2, 17, 101};

    private static final int DEEPEST = 6;
    private static final int LONGEST_DELAY = 2_000;

    private final Random random;
    private final int addresses;
    private final double remoteShare;
    private final int cancelledDelay;
    private long lastNumber;
    private boolean cancels;

    /**
     * @param addresses how many ids; each may be one of either kind
     * @param remoteShare how many of all messages are for the kind that is called over HTTP, of 1
     * @param cancelledDelay milliseconds after which something would come that is cancelled at once: more than any
     *     recovery takes, as else the cancellation may rightly come too late
     */
    public CommandTrees(long seed, int addresses, double remoteShare, int cancelledDelay) {
        this.random = new Random(seed);
        this.addresses = addresses;
        this.remoteShare = remoteShare;
        this.cancelledDelay = cancelledDelay;
    }

    /** What an address is told from outside. */
    public record Root(Target target, List<Command> commands) {

        /** Returns the type of the function. */
        public String type() {
            return target.kind().typeName();
        }

        /** Returns the id of the address. */
        public String id() {
            return target.id();
        }

        /** Returns the message. */
        public byte[] bytes() {
            return CommandForm.write(new CommandForm.Order(CommandForm.UNNUMBERED, commands));
        }
    }

    /**
     * Returns one more.
     *
     * @param cancels whether it may hold messages that are cancelled
     */
    public Root next(boolean cancels) {
        this.cancels = cancels;
        Target target = new Target(kind(), random.nextInt(addresses));
        return new Root(target, commands(target, 0));
    }

    private List<Command> commands(Target self, int depth) {
        List<Command> commands = new ArrayList<>();
        commands.add(new Update(++lastNumber));
        for (int left = 1 + random.nextInt(3); left > 0; left--) {
            int dice = random.nextInt(100);
            if (dice < 55 && depth < DEEPEST) {
                Target to = neighbour(self);
                commands.add(new Send(to, commands(to, depth + 1)));
            } else if (dice < 60 && depth < DEEPEST) {
                Target to = neighbour(self);
                commands.add(new SendLater(to, random.nextInt(LONGEST_DELAY), null, commands(to, depth + 1)));
            } else if (dice < 63 && cancels && depth < DEEPEST) {
                cancelled(self, commands);
            } else if (dice < 66 && depth < DEEPEST) {
                commands.add(new Await(1 + random.nextInt(20), commands(self, depth + 1)));
            } else if (dice < 80) {
                commands.add(new Tell(++lastNumber));
            } else if (dice < 90) {
                commands.add(new Toggle());
            } else {
                commands.add(new Update(++lastNumber));
            }
        }
        return commands;
    }

    /** Cancelled by the same call, or by a message to itself. */
    private void cancelled(Target self, List<Command> into) {
        String token = "t" + ++lastNumber;
        into.add(new SendLater(neighbour(self), cancelledDelay, token, List.of(new Update(++lastNumber))));
        Command cancel = new Cancel(token);
        into.add(random.nextBoolean() ? cancel : new Send(self, List.of(cancel)));
    }

    private Target neighbour(Target self) {
        return new Target(kind(), (self.number() + STEPS[random.nextInt(STEPS.length)]) % addresses);
    }

    private Kind kind() {
        return random.nextDouble() < remoteShare ? Kind.REMOTE : Kind.IN_JVM;
    }
}
