package dev.weft.function.remote;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/** Serves the functions of {@code src/test/node} in a process of Node, which can be killed and started again. */
final class NodeServer implements AutoCloseable {

    private static final Path SOURCES = Path.of("src", "test", "node");
    private static final Path FOLDER = Path.of("target", "node");
    private static final int INSTALLS_WITHIN_MINUTES = 3;

    private final int port;
    private @Nullable Process process;

    private NodeServer(int port) {
        this.port = port;
    }

    /** Skips the test where Node or the SDK cannot be had. */
    static NodeServer start() throws Exception {
        Files.createDirectories(FOLDER);
        for (String file : new String[] {"package.json", "functions.js"}) {
            Files.copy(SOURCES.resolve(file), FOLDER.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
        Path log = FOLDER.resolve("npm.log");
        int installed = run(log, "npm", "install", "--no-package-lock", "--no-audit", "--no-fund", "--prefer-offline");
        Assumptions.assumeTrue(installed == 0, () -> "npm could not install the SDK: see " + log);
        NodeServer server;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            server = new NodeServer(socket.getLocalPort());
        }
        server.serve();
        return server;
    }

    private static int run(Path log, String... command) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(command)
                    .directory(FOLDER.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
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
                .directory(FOLDER.toFile())
                .redirectError(FOLDER.resolve("node.log").toFile())
                .start();
        process = started;
        var said = new BufferedReader(new InputStreamReader(started.getInputStream(), StandardCharsets.UTF_8));
        if (!"ready".equals(said.readLine())) {
            throw new IllegalStateException("the server does not start: see " + FOLDER.resolve("node.log"));
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
