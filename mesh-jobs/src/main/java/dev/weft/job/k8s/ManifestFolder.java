package dev.weft.job.k8s;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Manifests as a folder that {@code kubectl apply -k} takes: one object per file, and what lists them. */
public final class ManifestFolder {

    private static final String LIST = "kustomization.yaml";
    private static final String MARK = "# Made by `weft k8s`, which writes this folder anew each time.\n";

    private ManifestFolder() {}

    /**
     * Writes the folder. What an earlier call wrote there is replaced.
     *
     * @throws IllegalArgumentException if there is something in it that is not of an earlier call
     */
    public static void write(Path folder, List<Manifest> manifests) throws IOException {
        empty(folder);
        Files.createDirectories(folder);
        StringBuilder list = new StringBuilder(MARK)
                .append("apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources:\n");
        for (Manifest manifest : manifests) {
            String name = manifest.name() + "-" + manifest.kind().toLowerCase(Locale.ROOT) + ".yaml";
            Files.writeString(folder.resolve(name), ManifestText.of(manifest.object()));
            list.append("  - ").append(name).append('\n');
        }
        Files.writeString(folder.resolve(LIST), list);
    }

    private static void empty(Path folder) throws IOException {
        if (Files.notExists(folder)) {
            return;
        }
        List<Path> there = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            try (Stream<Path> files = Files.list(folder)) {
                there.addAll(files.toList());
            }
        }
        Path list = folder.resolve(LIST);
        boolean ours = Files.isRegularFile(list) && Files.readString(list).startsWith(MARK);
        if (!Files.isDirectory(folder) || !there.isEmpty() && !ours) {
            throw new IllegalArgumentException(
                    "found " + folder + " with something else in it, expected an empty folder or one that was made so");
        }
        for (Path file : there) {
            if (file.toString().endsWith(".yaml")) {
                Files.delete(file);
            }
        }
    }
}
