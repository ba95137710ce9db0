package dev.weft.workflow.read;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A document with a mistake, the messages that are to follow, each after {@code ! }, and the warnings, after {@code ?
 * }.
 */
public record Mistake(String name, String yaml, List<String> messages, List<String> warnings) {

    /** Returns those of a resource beside a class, each of which begins with {@code === } and its name. */
    public static List<Mistake> in(Class<?> beside, String resource) throws IOException {
        try (InputStream in = beside.getResourceAsStream(resource)) {
            String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
            return Arrays.stream(text.split("(?m)^=== "))
                    .skip(1)
                    .map(Mistake::read)
                    .toList();
        }
    }

    private static Mistake read(String block) {
        List<String> lines = block.lines().toList();
        String yaml = lines.stream()
                .skip(1)
                .filter(line -> !line.startsWith("! ") && !line.startsWith("? "))
                .collect(Collectors.joining("\n"));
        return new Mistake(lines.get(0), yaml, after("! ", lines), after("? ", lines));
    }

    private static List<String> after(String mark, List<String> lines) {
        return lines.stream()
                .filter(line -> line.startsWith(mark))
                .map(line -> line.substring(mark.length()))
                .toList();
    }

    /** Returns what stands in a resource for it, with what is told now. */
    public String written(List<String> told, List<String> warned) {
        return Stream.of(
                        Stream.of("=== " + name, yaml),
                        told.stream().map(message -> "! " + message),
                        warned.stream().map(message -> "? " + message))
                .flatMap(lines -> lines)
                .collect(Collectors.joining("\n", "", "\n"));
    }

    @Override
    public String toString() {
        return name;
    }
}
