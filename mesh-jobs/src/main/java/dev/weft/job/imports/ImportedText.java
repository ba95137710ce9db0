package dev.weft.job.imports;

/** Writes an import as a person would write it: short lines, and a comment where something is to be decided. */
final class ImportedText {

    private static final String LINE_END = "\n";

    private final Imported imported;
    private final StringBuilder out = new StringBuilder();

    ImportedText(Imported imported) {
        this.imported = imported;
    }

    String fragment() {
        comment(0, "Imported from " + imported.system() + ". Belongs below spec of a job config.");
        routes(0);
        return out.toString();
    }

    String job(String name) {
        comment(0, "Imported from " + imported.system() + ". Check the topics before you run it.");
        line(0, "apiVersion: weft.dev/v1");
        line(0, "kind: MeshJob");
        line(0, "metadata: { name: " + YamlText.scalar(name) + " }");
        line(0, "spec:");
        line(1, "kafka: { bootstrapServers: \"${KAFKA:localhost:9092}\" }");
        line(1, "channels:");
        FreshNames names = new FreshNames();
        imported.channels().forEach(channel -> {
            names.take(channel.name());
            line(
                    2,
                    "%s: { topic: %s } # %s"
                            .formatted(
                                    YamlText.scalar(channel.name()),
                                    YamlText.scalar(channel.topic()),
                                    channel.about()));
        });
        String dead = names.take("dead");
        line(2, dead + ": { topic: " + YamlText.scalar(name + ".dead") + " } # what cannot be read, with the reason");
        line(1, "deadLetter: " + dead);
        routes(1);
        return out.toString();
    }

    private void routes(int depth) {
        line(depth, "routes:");
        boolean first = true;
        for (ImportedRoute route : imported.routes()) {
            if (!first) {
                out.append(LINE_END);
            }
            first = false;
            comment(depth + 1, route.origin());
            String body = YamlText.of(route.written(), 2 * (depth + 2), 2);
            int dash = 2 * (depth + 1);
            out.append(" ".repeat(dash)).append("- ").append(body.substring(dash + 2));
        }
    }

    private void comment(int depth, String text) {
        line(depth, "# " + text.replaceAll("\\s+", " "));
    }

    private void line(int depth, String text) {
        out.append("  ".repeat(depth)).append(text).append(LINE_END);
    }
}
