package dev.weft.benchmarks.process;

import java.util.List;
import java.util.Map;

/** A program that is compared with others, and what it takes to start it. */
public record Contender(String name, Class<?> main, List<String> arguments) {

    public Contender(String name, Class<?> main, String... arguments) {
        this(name, main, List.of(arguments));
    }

    /** Returns those whose names start with one of {@code --only}, which are separated by commas; without it, all. */
    public static List<Contender> chosen(Map<String, String> options, List<Contender> contenders) {
        List<String> only = List.of(options.getOrDefault("--only", "").split(",", -1));
        return contenders.stream()
                .filter(contender -> only.stream().anyMatch(contender.name()::startsWith))
                .toList();
    }
}
