package dev.weft.scale.pods;

import dev.weft.scale.rest.Authorities;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;

/**
 * Where the API server is and who the scaler is there, as Kubernetes tells each of its Pods (Kubernetes, "Accessing the
 * Kubernetes API from a Pod"). The files are read whenever they are needed: a token is valid for about an hour, and
 * another one is in its place before.
 *
 * @param server empty outside of a Pod
 * @param folder with the files {@code token}, {@code ca.crt} and {@code namespace}
 */
public record ServiceAccount(Optional<URI> server, Path folder) {

    private static final Path FOLDER = Path.of("/var/run/secrets/kubernetes.io/serviceaccount");
    private static final Pattern VISIBLE = Pattern.compile("[!-~]+");

    /** Returns what a Pod is told by its environment; nothing is read or looked up yet. */
    public static ServiceAccount from(Map<String, String> environment) {
        Optional<String> host = Optional.ofNullable(environment.get("KUBERNETES_SERVICE_HOST"));
        String port = environment.getOrDefault("KUBERNETES_SERVICE_PORT", "443");
        return new ServiceAccount(
                host.map(name -> name.contains(":") ? "[" + name + "]" : name)
                        .map(name -> URI.create("https://" + name + ":" + port)),
                FOLDER);
    }

    URI address() throws ApiFailure {
        return server.orElseThrow(() -> new ApiFailure(
                "found no KUBERNETES_SERVICE_HOST in the environment, expected the scaler to run in a Pod"));
    }

    String token() throws ApiFailure {
        String token = text("token");
        if (!VISIBLE.matcher(token).matches()) {
            throw new ApiFailure(folder.resolve("token") + ": found no token");
        }
        return token;
    }

    String namespace() throws ApiFailure {
        return text("namespace");
    }

    /** Returns the certificates of whom to trust, in PEM. */
    String authorities() throws ApiFailure {
        return text("ca.crt");
    }

    /** Returns what trusts these and nobody else. */
    SSLContext trusting() throws ApiFailure {
        Path file = folder.resolve("ca.crt");
        try {
            return Authorities.in(file);
        } catch (IOException | GeneralSecurityException e) {
            throw new ApiFailure("%s: found no certificates in PEM: %s".formatted(file, e.getMessage()));
        }
    }

    private String text(String name) throws ApiFailure {
        Path file = folder.resolve(name);
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new ApiFailure("%s cannot be read; expected automountServiceAccountToken: true in the scaler's Pod"
                    .formatted(file));
        }
    }
}
