package dev.weft.job.trial.function;

import dev.weft.job.trial.function.Command.Await;
import dev.weft.job.trial.function.Command.Cancel;
import dev.weft.job.trial.function.Command.Report;
import dev.weft.job.trial.function.Command.Send;
import dev.weft.job.trial.function.Command.SendLater;
import dev.weft.job.trial.function.Command.Target;
import dev.weft.job.trial.function.Command.Tell;
import dev.weft.job.trial.function.Command.Toggle;
import dev.weft.job.trial.function.Command.Update;
import dev.weft.job.trial.function.CommandTrees.Root;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What commands come to, in whichever order they are done: all of them are done once, but for what is cancelled. Every
 * message that has a token is taken for cancelled, so each token must be.
 */
public final class CommandModel {

    private final Map<Target, Standing> standings = new LinkedHashMap<>();
    private final List<String> told = new ArrayList<>();
    private final Set<String> tokens = new HashSet<>();
    private long messages;

    /** Takes what one message from outside tells an address to do. */
    public void take(Target target, List<Command> commands) {
        messages++;
        standings.putIfAbsent(target, Standing.NOTHING);
        commands.forEach(command -> take(target, command));
    }

    private void take(Target self, Command command) {
        if (command instanceof Update update) {
            standings.computeIfPresent(self, (address, standing) -> standing.updated(update.number()));
        } else if (command instanceof Toggle) {
            standings.computeIfPresent(self, (address, standing) -> standing.toggled());
        } else if (command instanceof Tell tell) {
            told.add(self + " tell " + tell.number());
        } else if (command instanceof Send send) {
            take(send.to(), send.then());
        } else if (command instanceof Await await) {
            await.then().forEach(then -> take(self, then));
        } else if (command instanceof Cancel cancel) {
            tokens.remove(cancel.token());
        } else if (command instanceof SendLater later) {
            if (later.token() == null) {
                take(later.to(), later.then());
            } else {
                tokens.add(later.token());
            }
        }
    }

    /** Returns what each address remembers in the end, by its text; of the addresses that had a message. */
    public Map<String, Standing> standings() {
        Map<String, Standing> byText = new TreeMap<>();
        standings.forEach((target, standing) -> byText.put(target.toString(), standing));
        return byText;
    }

    /** Returns the questions for what each of those addresses remembers. */
    public List<Root> reports() {
        return standings.keySet().stream()
                .map(target -> new Root(target, List.of(new Report())))
                .toList();
    }

    /** Returns what is told, each with the address that does. */
    public List<String> told() {
        return told;
    }

    /** Returns how many messages there are, those from outside included, those that are cancelled not. */
    public long messages() {
        return messages;
    }

    /** Returns the tokens that nothing cancels: none, if the commands are well made. */
    public Set<String> pending() {
        return tokens;
    }
}
