import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * Fetches the pinned Maven: {@code java FetchMaven.java maven-wrapper.properties TARGET}. Run by {@code ./mvnw} when
 * TARGET is not there.
 *
 * <p>Tries, in this order, the repository that {@code MVNW_REPOURL} names or else the address in the properties, and a
 * {@code mvn} on the PATH, which knows the repositories its owner has set up. Whatever answers, the zip must have the
 * pinned checksum. Unpacks beside the target and moves it there in one step, so that several may run at once.
 */
final class FetchMaven {

    private static final Duration TO_CONNECT = Duration.ofSeconds(5);
    private static final Duration TO_DOWNLOAD = Duration.ofMinutes(10);
    private static final String COPY_GOAL = "org.apache.maven.plugins:maven-dependency-plugin:3.11.0:copy";

    private final String url;
    private final String sha512;
    private final String version;
    private final Path target;
    private final List<String> failures = new ArrayList<>();

    private FetchMaven(Properties pinned, Path target) {
        this.url = pinned.getProperty("distributionUrl");
        this.sha512 = pinned.getProperty("distributionSha512Sum");
        this.target = target;
        this.version = target.getFileName().toString().replace("apache-maven-", "");
    }

    public static void main(String[] args) throws Exception {
        var pinned = new Properties();
        try (InputStream in = Files.newInputStream(Path.of(args[0]))) {
            pinned.load(in);
        }
        try {
            new FetchMaven(pinned, Path.of(args[1]).toAbsolutePath()).fetch();
        } catch (Refused refused) {
            System.err.println(refused.getMessage());
            System.exit(1);
        } catch (FileSystemException e) {
            System.err.println("Maven could not be put into " + args[1] + ": " + e);
            System.exit(1);
        }
    }

    private void fetch() throws IOException, InterruptedException, GeneralSecurityException {
        Files.createDirectories(target.getParent());
        Path work = Files.createTempDirectory(target.getParent(), ".fetching-");
        try {
            Path zip = work.resolve("maven.zip");
            if (!download(zip) && !copiedByMaven(zip)) {
                throw new Refused("Maven " + version + ", which builds Weft, could not be fetched ("
                        + String.join("; ", failures) + "): let MVNW_REPOURL name a Maven repository that can be"
                        + " reached from here, or unpack " + fileName() + " so that " + target.resolve("bin/mvn")
                        + " exists.");
            }
            verify(zip);
            Path unpacked = work.resolve("unpacked");
            unpack(zip, unpacked);
            publish(unpacked.resolve("apache-maven-" + version));
        } finally {
            delete(work);
        }
    }

    private boolean download(Path zip) throws IOException, InterruptedException {
        URI from = Optional.ofNullable(System.getenv("MVNW_REPOURL"))
                .filter(base -> !base.isBlank())
                .map(base -> URI.create(base.replaceAll("/+$", "") + "/org/apache/maven/apache-maven/" + version + "/"
                        + fileName()))
                .orElseGet(() -> URI.create(url));
        System.err.println("Fetching Maven " + version + " from " + from);
        try {
            if ("file".equals(from.getScheme())) {
                Files.copy(Path.of(from), zip);
            } else {
                get(from, zip);
            }
            return true;
        } catch (IOException e) {
            Files.deleteIfExists(zip);
            failures.add("not from " + (from.getHost() == null ? from : from.getHost()) + ": " + e.getMessage());
            return false;
        }
    }

    private static void get(URI from, Path zip) throws IOException, InterruptedException {
        HttpClient client = HttpClient.newBuilder()
                .connectTimeout(TO_CONNECT)
                .followRedirects(HttpClient.Redirect.NORMAL)
                .proxy(proxy())
                .build();
        HttpRequest request = HttpRequest.newBuilder(from).timeout(TO_CONNECT.multipliedBy(3)).build();
        try {
            HttpResponse<Path> response = client.sendAsync(request, HttpResponse.BodyHandlers.ofFile(zip))
                    .get(TO_DOWNLOAD.toSeconds(), TimeUnit.SECONDS);
            if (response.statusCode() != 200) {
                throw new IOException("HTTP status " + response.statusCode());
            }
        } catch (ExecutionException | TimeoutException e) {
            Throwable reason = e.getCause() == null ? e : e.getCause();
            throw new IOException(reason.getClass().getSimpleName(), e);
        }
    }

    /** The JDK knows the proxy from its own properties only; most machines name it in the environment. */
    private static ProxySelector proxy() {
        return Stream.of("https_proxy", "HTTPS_PROXY")
                .map(System::getenv)
                .filter(value -> value != null && !value.isBlank())
                .map(URI::create)
                .filter(proxy -> proxy.getHost() != null && proxy.getPort() > 0)
                .findFirst()
                .map(proxy -> ProxySelector.of(new InetSocketAddress(proxy.getHost(), proxy.getPort())))
                .orElseGet(ProxySelector::getDefault);
    }

    private boolean copiedByMaven(Path zip) throws IOException, InterruptedException {
        Path folder = Files.createDirectory(zip.resolveSibling("copied"));
        System.err.println("That failed; asking the mvn on the PATH, which may know other repositories");
        try {
            Process mvn = new ProcessBuilder(
                            "mvn",
                            "--batch-mode",
                            "--quiet",
                            COPY_GOAL,
                            "-Dartifact=org.apache.maven:apache-maven:" + version + ":zip:bin",
                            "-DoutputDirectory=" + folder)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(zip.resolveSibling("mvn.log").toFile())
                    .start();
            if (mvn.waitFor() != 0) {
                failures.add("mvn on the PATH did not find it either");
                return false;
            }
        } catch (IOException e) {
            failures.add("no mvn on the PATH that could fetch it");
            return false;
        }
        Files.move(folder.resolve(fileName()), zip);
        return true;
    }

    private void verify(Path zip) throws IOException, GeneralSecurityException {
        MessageDigest digest = MessageDigest.getInstance("SHA-512");
        try (var in = new DigestInputStream(Files.newInputStream(zip), digest)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        String found = HexFormat.of().formatHex(digest.digest());
        if (!found.equals(sha512)) {
            throw new Refused("Maven " + version + " was fetched but is not the one that is pinned, so it was deleted:"
                    + " its SHA-512 is " + found + ", not " + sha512 + ".");
        }
    }

    private static void unpack(Path zip, Path folder) throws IOException {
        try (var in = new ZipInputStream(Files.newInputStream(zip))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                Path file = folder.resolve(entry.getName()).normalize();
                if (!file.startsWith(folder)) {
                    throw new IOException("the zip names a file outside of itself: " + entry.getName());
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(file);
                } else {
                    Files.createDirectories(file.getParent());
                    Files.copy(in, file);
                }
            }
        }
    }

    /** Whoever comes second finds the same Maven there already. */
    private void publish(Path unpacked) throws IOException {
        unpacked.resolve("bin/mvn").toFile().setExecutable(true, false);
        unpacked.resolve("bin/mvnDebug").toFile().setExecutable(true, false);
        try {
            Files.move(unpacked, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException e) {
            if (!Files.isExecutable(target.resolve("bin/mvn"))) {
                throw e;
            }
        }
    }

    private String fileName() {
        return "apache-maven-" + version + "-bin.zip";
    }

    private static void delete(Path root) throws IOException {
        try (Stream<Path> below = Files.walk(root)) {
            below.sorted(Comparator.reverseOrder()).forEach(path -> {
                try {
                    Files.deleteIfExists(path);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }

    /** What the person at the terminal is told, instead of a stack trace. */
    private static final class Refused extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Refused(String sentence) {
            super(sentence);
        }
    }
}
