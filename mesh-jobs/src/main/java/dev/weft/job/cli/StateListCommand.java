package dev.weft.job.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weft.function.AddressRow;
import dev.weft.function.DelayRow;
import dev.weft.function.FunctionType;
import dev.weft.job.cli.flink.SavedRow;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code weft state ls}: of which functions a savepoint holds how much. */
@Command(
        name = "ls",
        description = {
            "List the functions a savepoint holds values of, or the ids of one of them.",
            "Reads all of it; messages on their way are not shown."
        })
final class StateListCommand implements Callable<Integer> {

    private final Shell shell;

    @Mixin
    private SavepointFile savepoint = new SavepointFile();

    @Option(names = "--type", paramLabel = "TYPE", description = "list the ids of that function: namespace/name")
    private @Nullable FunctionType type;

    @Mixin
    private OutputOption output = new OutputOption();

    private final Map<String, Sum> sums = new TreeMap<>();
    private long delayed;

    private static final class Sum {
        private long rows;
        private long values;
        private long bytes;
    }

    StateListCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws Exception {
        savepoint.read(new SavedRow.Wanted(type == null ? null : type.toString(), null), this::take);
        if (output.isJson()) {
            shell.say(Json.pretty(json()));
        } else {
            text();
        }
        return ExitCodes.OK;
    }

    private void take(SavedRow saved) {
        if (saved.isDelays()) {
            delayed += saved.read(DelayRow::read).waiting().size();
            return;
        }
        AddressRow row = saved.read(AddressRow::read);
        Sum sum = sums.computeIfAbsent(type == null ? saved.type() : saved.id(), name -> new Sum());
        sum.rows++;
        sum.values += row.values().size();
        sum.bytes += row.valueBytes();
    }

    private ObjectNode json() {
        ObjectNode all = Json.object();
        ArrayNode listed = all.putArray(type == null ? "types" : "ids");
        sums.forEach((name, sum) -> {
            ObjectNode each = listed.addObject().put(type == null ? "type" : "id", name);
            if (type == null) {
                each.put("ids", sum.rows);
            }
            each.put("values", sum.values).put("bytes", sum.bytes);
        });
        return type == null ? all.put("delayedMessages", delayed) : all;
    }

    private void text() {
        Table table = type == null
                ? Table.ofNumbers("TYPE", "IDS", "VALUES", "BYTES")
                : Table.ofNumbers("ID", "VALUES", "BYTES");
        sums.forEach((name, sum) -> {
            String values = Counted.grouped(sum.values);
            String bytes = Counted.grouped(sum.bytes);
            if (type == null) {
                table.row(name, Counted.grouped(sum.rows), values, bytes);
            } else {
                table.row(name, values, bytes);
            }
        });
        table.lines().forEach(shell::say);
        if (type == null && delayed > 0) {
            shell.say(Counted.of(delayed, "delayed message"));
        }
    }
}
