package dev.weft.scale.simulator;

import dev.weft.scale.simulator.Simulation.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Results in files. */
public final class Report {

    private Report() {}

    /**
     * Writes {@code results.csv}, {@code results.json} and a picture of each scenario, {@code <scenario>.svg}.
     *
     * @param folder is made if it is not there
     * @throws IOException if it cannot be written to
     */
    public static void write(Path folder, Simulation simulation, List<Result> results) throws IOException {
        Files.createDirectories(folder);
        Files.write(folder.resolve("results.csv"), Table.csv(results, simulation.seeds()));
        Files.writeString(folder.resolve("results.json"), Table.json(results, simulation.seeds()));
        for (Scenario scenario : simulation.scenarios()) {
            List<Result> mine = results.stream()
                    .filter(each -> each.scenario().equals(scenario.name()))
                    .toList();
            Files.writeString(folder.resolve(scenario.name() + ".svg"), Plot.of(scenario, mine));
        }
    }
}
