package dev.weft.workflow.read;

import dev.weft.config.Location;
import dev.weft.config.Problems;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.Event;

/** Bounds how many aliases a document has. */
final class Aliases {

    private static final int MOST = 50;

    private Aliases() {}

    /** Checks a document that can be read. */
    static void check(String file, String text, Problems problems) {
        int aliases = 0;
        String content = text.startsWith("\uFEFF") ? text.substring(1) : text;
        for (Event event : new Parse(LoadSettings.builder().build()).parseString(content)) {
            if (event.getEventId() == Event.ID.Alias && ++aliases == MOST + 1) {
                Location at = event.getStartMark()
                        .map(mark -> new Location(file, mark.getLine() + 1, mark.getColumn() + 1))
                        .orElse(new Location(file, 1, 1));
                problems.add(at, "$", "alias number " + aliases, "at most " + MOST);
            }
        }
    }
}
