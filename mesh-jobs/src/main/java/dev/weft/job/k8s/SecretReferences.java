package dev.weft.job.k8s;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * How Pods come to what is secret: by references, each to a key, so that a Pod does not start without one.
 *
 * @param variablesSecret the Secret whose keys are names of environment variables
 * @param filesSecret the Secret that holds files
 */
public record SecretReferences(String variablesSecret, String filesSecret) {

    /** Gives a container of a Pod each variable by its name, and each file where the config says it is. */
    void to(ObjectNode pod, String containerName, Secrets secrets) {
        ObjectNode container =
                Manifest.named(pod.at("/spec/containers"), containerName).orElseThrow();
        ArrayNode from = container.withArray("envFrom");
        for (int i = from.size() - 1; i >= 0; i--) {
            if (from.get(i).has("secretRef")) {
                from.remove(i);
            }
        }
        for (String name : secrets.variables()) {
            container
                    .withArray("env")
                    .addObject()
                    .put("name", name)
                    .putObject("valueFrom")
                    .putObject("secretKeyRef")
                    .put("name", variablesSecret)
                    .put("key", name);
        }
        mount(pod, container, secrets);
    }

    private void mount(ObjectNode pod, ObjectNode container, Secrets secrets) {
        Map<String, List<String>> byFolder = new TreeMap<>(secrets.paths().stream()
                .collect(Collectors.groupingBy(path -> path.substring(0, path.lastIndexOf('/')))));
        int count = 0;
        for (Map.Entry<String, List<String>> folder : byFolder.entrySet()) {
            String volume = "secret-files-" + count++;
            container
                    .withArray("volumeMounts")
                    .addObject()
                    .put("name", volume)
                    .put("mountPath", folder.getKey())
                    .put("readOnly", true);
            ObjectNode secret = ((ObjectNode) pod.path("spec"))
                    .withArray("volumes")
                    .addObject()
                    .put("name", volume)
                    .putObject("secret")
                    .put("secretName", filesSecret);
            ArrayNode items = secret.put("defaultMode", 0440).putArray("items");
            folder.getValue()
                    .forEach(path -> items.addObject()
                            .put("key", keyOf(path))
                            .put("path", path.substring(path.lastIndexOf('/') + 1)));
        }
    }

    /** Returns the key that a file has in the Secret, which knows no folders. */
    public static String keyOf(String path) {
        return path.substring(1).replaceAll("[^-._a-zA-Z0-9]", ".");
    }
}
