package dev.weft.job.k8s;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Files that refer to each other by relative paths, as a ConfigMap keeps them: its keys hold no slash, so each is
 * mounted at the path it had.
 *
 * @param config the path of the job config, from the folder they are mounted in
 * @param pathOf the path of each key
 * @param textOf the text of each key
 */
public record MountedFiles(String config, SortedMap<String, String> pathOf, SortedMap<String, String> textOf) {

    /** What a ConfigMap may hold, with room for its names: 1 MiB. */
    private static final int LARGEST = 1_000_000;

    /**
     * Arranges files.
     *
     * @param folder where the job config is
     * @param name its file name there
     * @param text its text
     * @param named the texts of what it names, by their paths from its folder
     */
    public static MountedFiles of(Path folder, String name, String text, Map<String, String> named) {
        Path home = folder.toAbsolutePath().normalize();
        Path root = home;
        for (String path : named.keySet()) {
            root = common(root, home.resolve(path).normalize());
        }
        SortedMap<String, String> pathOf = new TreeMap<>();
        SortedMap<String, String> textOf = new TreeMap<>();
        String config = root.relativize(home.resolve(free(name, home, named))).toString();
        add(config, text, pathOf, textOf);
        for (Map.Entry<String, String> file : named.entrySet()) {
            add(root.relativize(home.resolve(file.getKey()).normalize()).toString(), file.getValue(), pathOf, textOf);
        }
        return new MountedFiles(config, pathOf, textOf);
    }

    /** Returns a sentence if the files are too much for one ConfigMap. */
    public Optional<String> tooMuch() {
        int size = textOf.values().stream()
                .mapToInt(text -> text.getBytes(StandardCharsets.UTF_8).length)
                .sum();
        return size <= LARGEST
                ? Optional.empty()
                : Optional.of(
                        "found %d bytes in the config and what it names, expected at most %d: a ConfigMap holds no more"
                                .formatted(size, LARGEST));
    }

    /** A config that was made of a file is called as that file is, and may name it. */
    private static String free(String name, Path home, Map<String, String> named) {
        String free = name;
        while (isTaken(home.resolve(free).normalize(), home, named)) {
            free = "job-" + free;
        }
        return free;
    }

    private static boolean isTaken(Path wanted, Path home, Map<String, String> named) {
        return named.keySet().stream()
                .anyMatch(path -> home.resolve(path).normalize().equals(wanted));
    }

    private static Path common(Path folder, Path file) {
        Path root = folder;
        while (!file.startsWith(root) && root.getParent() != null) {
            root = root.getParent();
        }
        return root;
    }

    private static void add(
            String path, String text, SortedMap<String, String> pathOf, SortedMap<String, String> textOf) {
        String key = path.replaceAll("[^-._a-zA-Z0-9]", ".");
        while (pathOf.containsKey(key) && !path.equals(pathOf.get(key))) {
            key = "_" + key;
        }
        pathOf.put(key, path);
        textOf.put(key, text);
    }
}
