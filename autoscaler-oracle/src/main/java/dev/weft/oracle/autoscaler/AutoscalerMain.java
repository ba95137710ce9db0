package dev.weft.oracle.autoscaler;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * Asks the autoscaler of the Flink Kubernetes operator about simulated jobs, one after the other. A line of input is
 * {@code begin PARTITIONS KEY=VALUE ...}, which ends the job before, or {@code look} and the values of {@link Seen}. A
 * line of output is the parallelism that is wanted.
 */
public final class AutoscalerMain {

    private AutoscalerMain() {}

    public static void main(String[] args) throws Exception {
        PrintStream answers = System.out;
        System.setOut(System.err);
        var lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        int partitions = 0;
        Map<String, String> settings = Map.of();
        SimulatedJob job = null;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            String[] words = line.split(" ", 3);
            if (words[0].equals("begin")) {
                partitions = Integer.parseInt(words[1]);
                settings = settings(words[2]);
                job = null;
                continue;
            }
            Seen seen = Seen.read(line.substring("look ".length()));
            if (job == null) {
                job = new SimulatedJob(settings, partitions, seen);
            }
            answers.println(job.look(seen));
            answers.flush();
        }
    }

    private static Map<String, String> settings(String words) {
        Map<String, String> settings = new HashMap<>();
        for (String word : words.split(";")) {
            int equals = word.indexOf('=');
            settings.put(word.substring(0, equals), word.substring(equals + 1));
        }
        return settings;
    }
}
