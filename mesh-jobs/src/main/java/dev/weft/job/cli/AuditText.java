package dev.weft.job.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weft.job.audit.Balance;
import dev.weft.job.audit.Row;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/** What an audit found, as a table and as JSON. */
final class AuditText {

    /** With more rows than these, those are left out of which nothing went on. */
    private static final int ROWS = 20;

    /** No route can have that name. */
    private static final String SUM = "(sum)";

    private static final Map<String, ToLongFunction<Row>> COLUMNS = columns();

    private final Balance balance;
    private final boolean exactlyOnce;

    AuditText(Balance balance, boolean exactlyOnce) {
        this.balance = balance;
        this.exactlyOnce = exactlyOnce;
    }

    private static Map<String, ToLongFunction<Row>> columns() {
        Map<String, ToLongFunction<Row>> columns = new LinkedHashMap<>();
        columns.put("received", Row::received);
        columns.put("filtered", Row::filtered);
        columns.put("delivered", Row::delivered);
        columns.put("parked", Row::parked);
        columns.put("retrying", Row::retrying);
        columns.put("in flight", Row::inFlight);
        columns.put("dead", Row::dead);
        columns.put("difference", Row::difference);
        return columns;
    }

    /** Returns the table, and what is read besides. */
    List<String> lines() {
        List<String> heading = Stream.concat(Stream.of("route", "to"), COLUMNS.keySet().stream())
                .toList();
        Table table = Table.of(2, heading.toArray(String[]::new));
        boolean isLong = balance.rows().size() > ROWS;
        List<Row> shown =
                balance.rows().stream().filter(row -> !isLong || !row.isIdle()).toList();
        for (Row row : shown) {
            cells(table, row.leg().route(), row.leg().destination(), List.of(row));
        }
        cells(table, SUM, "", balance.rows());
        List<String> lines = new ArrayList<>(table.lines());
        int idle = balance.rows().size() - shown.size();
        if (idle > 0) {
            lines.add(Counted.grouped(idle) + " more wanted none of what they received");
        }
        lines.add("");
        balance.read()
                .forEach((topic, reading) -> lines.add("read from %s: events %s, refused %s"
                        .formatted(topic, Counted.grouped(reading.events()), Counted.grouped(reading.refused()))));
        return lines;
    }

    private static void cells(Table table, String route, String destination, List<Row> rows) {
        List<String> cells = new ArrayList<>(List.of(route, destination));
        for (ToLongFunction<Row> column : COLUMNS.values()) {
            cells.add(Counted.grouped(rows.stream().mapToLong(column).sum()));
        }
        table.row(cells.toArray(String[]::new));
    }

    /** Returns one sentence for each place where events are missing, or are too many. */
    List<String> mistakes() {
        List<String> mistakes = new ArrayList<>();
        for (Row row : balance.unbalanced(exactlyOnce)) {
            add(mistakes, row, row.lostInRouting(), "between the route's filter and where it hands events on");
            add(mistakes, row, row.lostOnTheWay(), "between the route and the delivery to its target");
            add(mistakes, row, row.lostInDelivery(), "in the delivery to the target");
        }
        return mistakes;
    }

    private void add(List<String> mistakes, Row row, long lost, String where) {
        if (lost > 0) {
            mistakes.add("%s: %s missing %s".formatted(row.leg(), Counted.of(lost, "event") + verb(lost), where));
        } else if (lost < 0 && exactlyOnce) {
            mistakes.add("%s: %s too many %s".formatted(row.leg(), Counted.of(-lost, "event") + verb(-lost), where));
        }
    }

    private static String verb(long count) {
        return count == 1 ? " is" : " are";
    }

    ObjectNode json(String job) {
        ObjectNode json = Json.object()
                .put("job", job)
                .put("checkpoint", balance.checkpoint())
                .put("exactlyOnce", exactlyOnce)
                .put("balanced", balance.unbalanced(exactlyOnce).isEmpty());
        ObjectNode read = json.putObject("read");
        balance.read()
                .forEach((topic, reading) ->
                        read.putObject(topic).put("events", reading.events()).put("refused", reading.refused()));
        ArrayNode rows = json.putArray("routes");
        for (Row row : balance.rows()) {
            rows.addObject()
                    .put("route", row.leg().route())
                    .put("to", row.leg().destination())
                    .put("received", row.received())
                    .put("filtered", row.filtered())
                    .put("delivered", row.delivered())
                    .put("parked", row.parked())
                    .put("retrying", row.retrying())
                    .put("inFlight", row.inFlight())
                    .put("dead", row.dead())
                    .put("difference", row.difference())
                    .put("lostInRouting", row.lostInRouting())
                    .put("lostOnTheWay", row.lostOnTheWay())
                    .put("lostInDelivery", row.lostInDelivery());
        }
        return json;
    }
}
