package dev.weft.job.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weft.function.AddressRow;
import dev.weft.function.DelayRow;
import dev.weft.function.FunctionType;
import dev.weft.function.ValueText;
import dev.weft.job.cli.flink.SavedRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code weft state get}: what a savepoint holds of one function of one id. */
@Command(
        name = "get",
        description = {
            "Show the values a savepoint holds of a function of one id, and what it will send later.",
            "Values of types that only the function knows are shown as text, or else in base64."
        })
final class StateGetCommand implements Callable<Integer> {

    private final Shell shell;

    @Mixin
    private SavepointFile savepoint = new SavepointFile();

    @Option(names = "--type", required = true, paramLabel = "TYPE", description = "the function: namespace/name")
    private FunctionType type = new FunctionType("", "");

    @Option(names = "--id", required = true, paramLabel = "ID", description = "which one")
    private String id = "";

    @Mixin
    private OutputOption output = new OutputOption();

    private final List<AddressRow.Value> values = new ArrayList<>();
    private final List<DelayRow.Delayed> delayed = new ArrayList<>();

    StateGetCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws Exception {
        savepoint.read(new SavedRow.Wanted(type.toString(), id), this::take);
        if (values.isEmpty() && delayed.isEmpty()) {
            throw CommandFailure.failure("found nothing of " + type + "/" + id + " in the savepoint");
        }
        if (output.isJson()) {
            shell.say(Json.pretty(json()));
        } else {
            text();
        }
        return ExitCodes.OK;
    }

    /** What is sent later is kept by the id, whatever function of it asked for that. */
    private void take(SavedRow saved) {
        if (saved.isDelays()) {
            saved.read(DelayRow::read).waiting().stream()
                    .filter(each -> each.message().caller() != null
                            && each.message().caller().type().equals(type))
                    .forEach(delayed::add);
        } else {
            values.addAll(saved.read(AddressRow::read).values());
        }
    }

    private ObjectNode json() {
        ObjectNode all = Json.object().put("type", type.toString()).put("id", id);
        ArrayNode listed = all.putArray("values");
        for (AddressRow.Value value : values) {
            ObjectNode each = listed.addObject()
                    .put("name", value.name())
                    .put("type", value.value().typename())
                    .put("value", ValueText.of(value.value()))
                    .put("bytes", value.value().bytes());
            if (value.until() != Long.MAX_VALUE) {
                each.put("until", Instant.ofEpochMilli(value.until()).toString());
            }
        }
        ArrayNode later = all.putArray("delayedMessages");
        for (DelayRow.Delayed each : delayed) {
            ObjectNode message = later.addObject()
                    .put("due", Instant.ofEpochMilli(each.due()).toString())
                    .put("to", each.message().target().toString())
                    .put("type", each.message().argument().typename())
                    .put("argument", ValueText.of(each.message().argument()));
            if (each.token() != null) {
                message.put("token", each.token());
            }
        }
        return all;
    }

    private void text() {
        Table table = Table.ofText("VALUE", "TYPE", "UNTIL", "");
        for (AddressRow.Value value : values) {
            String until = value.until() == Long.MAX_VALUE
                    ? "-"
                    : Instant.ofEpochMilli(value.until()).toString();
            table.row(value.name(), value.value().typename(), until, ValueText.of(value.value()));
        }
        table.lines().forEach(shell::say);
        for (DelayRow.Delayed each : delayed) {
            shell.say("to be sent at %s to %s%s: %s"
                    .formatted(
                            Instant.ofEpochMilli(each.due()),
                            each.message().target(),
                            each.token() == null ? "" : " (token " + each.token() + ")",
                            ValueText.of(each.message().argument())));
        }
    }
}
