package dev.weft.job.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Rows of text in columns, for a terminal. The columns from a given one on hold numbers and are set to the right. */
final class Table {

    private final int numbersFrom;
    private final List<List<String>> rows = new ArrayList<>();

    private Table(int numbersFrom, List<String> heading) {
        this.numbersFrom = numbersFrom;
        rows.add(heading);
    }

    /** Starts a table in which every column is text. */
    static Table ofText(String... heading) {
        return new Table(heading.length, Arrays.asList(heading));
    }

    /** Starts a table whose first column is text and whose others are numbers. */
    static Table ofNumbers(String... heading) {
        return new Table(1, Arrays.asList(heading));
    }

    /** Starts a table whose first columns are text and whose others are numbers. */
    static Table of(int texts, String... heading) {
        return new Table(texts, Arrays.asList(heading));
    }

    Table row(String... cells) {
        rows.add(Arrays.asList(cells));
        return this;
    }

    /** Returns the lines, without spaces at their ends. */
    List<String> lines() {
        int[] widths = new int[rows.get(0).size()];
        for (List<String> row : rows) {
            for (int column = 0; column < row.size(); column++) {
                widths[column] = Math.max(widths[column], row.get(column).length());
            }
        }
        return rows.stream().map(row -> line(row, widths)).toList();
    }

    private String line(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < row.size(); column++) {
            String space = " ".repeat(widths[column] - row.get(column).length());
            line.append(column == 0 ? "" : "  ");
            line.append(column >= numbersFrom ? space + row.get(column) : row.get(column) + space);
        }
        return line.toString().stripTrailing();
    }
}
