package dev.weft.scale.simulator;

import dev.weft.config.Checked;
import dev.weft.config.Location;
import dev.weft.config.Problems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Arrivals somebody measured, in a file of comma separated values. A first line {@code t,name,name...} names the
 * partitions; each other line begins with a second and says how many records came to each partition from then on, up to
 * the second of the next line. What came in several seconds is spread evenly over them; the last line stands for as
 * long as the one before it. Empty lines and lines that begin with {@code #} do not count.
 */
public final class Trace {

    private static final int LONGEST = 7 * 24 * 3600;
    private static final int MOST_PARTITIONS = 1000;
    private static final long MOST_CELLS = 20_000_000;

    private final String name;

    private final List<Row> rows;
    private final int partitions;

    private record Row(int second, long[] records) {}

    private Trace(String name, List<Row> rows, int partitions) {
        this.name = name;
        this.rows = List.copyOf(rows);
        this.partitions = partitions;
    }

    /**
     * Reads a file.
     *
     * @throws IOException if it cannot be read
     */
    public static Checked<Trace> read(Path file) throws IOException {
        String name = String.valueOf(file.getFileName()).replaceFirst("\\.[^.]*$", "");
        return parse(file.toString(), name, Files.readAllLines(file));
    }

    static Checked<Trace> parse(String file, String name, List<String> lines) {
        Problems problems = new Problems();
        List<Row> rows = new ArrayList<>();
        int columns = 0;
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            Line now = new Line(file, i + 1, line.split(",", -1), problems);
            if (columns == 0) {
                columns = now.header();
            } else if (now.hasColumns(columns)) {
                rows.add(now.row(rows.isEmpty() ? -1 : rows.get(rows.size() - 1).second()));
            }
        }
        if (columns == 0) {
            problems.add(new Location(file, 1, 1), "$", "nothing", "a line \"t,0,1,...\" and one for each second");
        } else if (rows.size() < 2 && problems.isEmpty()) {
            problems.add(new Location(file, lines.size(), 1), "$", rows.size() + " lines of records", "at least 2");
        }
        int partitions = columns - 1;
        if (problems.isEmpty() && (long) end(rows) * partitions > MOST_CELLS) {
            problems.add(
                    new Location(file, lines.size(), 1),
                    "t",
                    "%d s of %d partitions".formatted(end(rows), partitions),
                    "at most %d seconds times partitions".formatted(MOST_CELLS));
        }
        return Checked.of(problems, () -> new Trace(name, rows, partitions));
    }

    private record Line(String file, int number, String[] cells, Problems problems) {

        int header() {
            if (!cells[0].strip().toLowerCase(Locale.ROOT).equals("t") || cells.length < 2) {
                add(0, "\"" + String.join(",", cells) + "\"", "a first line \"t\" and a name for each partition");
            } else if (cells.length > MOST_PARTITIONS + 1) {
                add(0, cells.length - 1 + " partitions", "at most " + MOST_PARTITIONS);
            }
            return cells.length;
        }

        boolean hasColumns(int columns) {
            if (cells.length != columns) {
                add(0, cells.length + " values", columns + ", as many as in the first line");
                return false;
            }
            return true;
        }

        Row row(int before) {
            int second = (int) whole(0, LONGEST, "a second from 0 to " + LONGEST);
            if (second >= 0 && second <= before) {
                add(0, "second " + second + " after second " + before, "a later one");
            }
            long[] records = new long[cells.length - 1];
            for (int p = 0; p < records.length; p++) {
                records[p] = whole(p + 1, Integer.MAX_VALUE, "a number of records, 0 or more");
            }
            return new Row(second, records);
        }

        private long whole(int cell, long most, String expected) {
            String text = cells[cell].strip();
            if (text.matches("\\d{1,10}") && Long.parseLong(text) <= most) {
                return Long.parseLong(text);
            }
            add(cell, "\"" + text + "\"", expected);
            return -1;
        }

        private void add(int cell, String found, String expected) {
            int column = 1;
            for (int i = 0; i < cell; i++) {
                column += cells[i].length() + 1;
            }
            problems.add(
                    new Location(file, number, column), cell == 0 ? "t" : "partition " + (cell - 1), found, expected);
        }
    }

    /** Returns the case in which these records arrive; it begins with the replicas that drain its first minute. */
    public Scenario scenario() {
        int seconds = end(rows);
        long first = 0;
        int[][] arrivals = arrivals(seconds);
        int minute = Math.min(60, seconds);
        for (int second = 0; second < minute; second++) {
            for (int records : arrivals[second]) {
                first += records;
            }
        }
        Cluster cluster = Cluster.USUAL.withPartitions(partitions);
        int replicas = (int) Math.ceil(first / (minute * cluster.perSubtask() * Simulation.UTILISATION));
        return new Scenario(
                name,
                "a trace of " + seconds + " s",
                seconds,
                cluster,
                Math.min(replicas, partitions),
                0,
                (length, count, random) -> arrivals,
                List.of());
    }

    private static int end(List<Row> rows) {
        int last = rows.size() - 1;
        return 2 * rows.get(last).second()
                - rows.get(last - 1).second()
                - rows.get(0).second();
    }

    private int[][] arrivals(int seconds) {
        int[][] arrivals = new int[seconds][partitions];
        int beginning = rows.get(0).second();
        for (int i = 0; i < rows.size(); i++) {
            Row row = rows.get(i);
            int from = row.second() - beginning;
            int to = i + 1 < rows.size() ? rows.get(i + 1).second() - beginning : seconds;
            for (int p = 0; p < partitions; p++) {
                long given = 0;
                for (int second = from; second < to; second++) {
                    long due = row.records()[p] * (second - from + 1) / (to - from);
                    arrivals[second][p] = (int) (due - given);
                    given = due;
                }
            }
        }
        return arrivals;
    }
}
