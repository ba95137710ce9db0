package dev.weft.function.remote;

import dev.weft.local.LoopbackPort;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/** Serves functions with the StateFun SDK for Node, in a process that can be killed and started again. */
final class NodeServer implements AutoCloseable {

    private static final Path INSTALLED = Path.of("target", "node");
    private static final int INSTALLS_WITHIN_MINUTES = 3;

    private final Path folder;
    private final int port;
    private @Nullable Process process;

    private NodeServer(Path folder, int port) {
        this.folder = folder;
        this.port = port;
    }

    /**
     * Starts to serve the {@code functions.js} of a folder, which has a {@code package.json} too. Skips the test where
     * Node or the SDK cannot be had.
     */
    static NodeServer start(Path sources) throws Exception {
        Path folder = INSTALLED.resolve(sources.getFileName());
        Files.createDirectories(folder);
        for (String file : new String[] {"package.json", "functions.js"}) {
            Files.copy(sources.resolve(file), folder.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
        int installed =
                run(folder, "npm", "install", "--no-package-lock", "--no-audit", "--no-fund", "--prefer-offline");
        Assumptions.assumeTrue(installed == 0, () -> "npm could not install the SDK: see npm.log in " + folder);
        NodeServer server = new NodeServer(folder, LoopbackPort.claim("Node", LoopbackPort.ANY));
        server.serve();
        return server;
    }

    private static int run(Path folder, String... command) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("npm.log").toFile())
                    .start();
            if (!process.waitFor(INSTALLS_WITHIN_MINUTES, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                return -1;
            }
            return process.exitValue();
        } catch (IOException e) {
            return Assumptions.abort("there is no " + command[0] + " here: " + e.getMessage());
        }
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + port + "/statefun");
    }

    /** Returns when the server listens. */
    void serve() throws IOException {
        Process started = new ProcessBuilder("node", "functions.js", Integer.toString(port))
                .directory(folder.toFile())
                .redirectError(folder.resolve("node.log").toFile())
                .start();
        process = started;
        var said = new BufferedReader(new InputStreamReader(started.getInputStream(), StandardCharsets.UTF_8));
        if (!"ready".equals(said.readLine())) {
            throw new IllegalStateException("the server does not start: see " + folder.resolve("node.log"));
        }
    }

    void kill() throws InterruptedException {
        if (process != null) {
            process.destroyForcibly().waitFor();
            process = null;
        }
    }

    @Override
    public void close() throws InterruptedException {
        kill();
    }
}
