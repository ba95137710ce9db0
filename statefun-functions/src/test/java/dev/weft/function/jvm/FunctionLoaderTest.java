package dev.weft.function.jvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.weft.function.FunctionType;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.apache.flink.statefun.sdk.java.StatefulFunction;
import org.apache.flink.statefun.sdk.java.StatefulFunctionSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;

class FunctionLoaderTest {

    private static final String SCRIPTED = ScriptedFunction.class.getName();
    private static final ClassLoader PARENT = FunctionLoaderTest.class.getClassLoader();

    @TempDir
    private Path folder;

    @Test
    void classesOfJarsGoBeforeThoseOfTheJob() throws Exception {
        try (FunctionLoader jars = FunctionLoader.open(List.of(url(jar())), PARENT)) {
            Class<?> own = jars.classLoader().loadClass(SCRIPTED);
            assertThat(own).isNotSameAs(ScriptedFunction.class);
            assertThat(own.getClassLoader()).isSameAs(jars.classLoader());
            assertThat(StatefulFunction.class).isAssignableFrom(own);
            assertThat(jars.classLoader().loadClass(Logger.class.getName())).isSameAs(Logger.class);
            assertThat(jars.classLoader().loadClass("java.sql.Date").getClassLoader())
                    .isSameAs(java.sql.Date.class.getClassLoader());
            assertThat(jars.classLoader().loadClass(FunctionLoaderTest.class.getName()))
                    .isSameAs(FunctionLoaderTest.class);
        }
    }

    @Test
    void functionsAreFoundInJars() throws Exception {
        try (FunctionLoader jars = FunctionLoader.open(List.of(url(jar())), PARENT)) {
            Map<FunctionType, StatefulFunctionSpec> discovered = FunctionClasses.discovered(jars.classLoader());
            assertThat(discovered).containsOnlyKeys(FunctionType.parse("script/function"));
            assertThat(FunctionClasses.of(SCRIPTED, jars.classLoader())).isEqualTo(discovered);
        }
    }

    @Test
    void whoOpensTheSameJarsSharesThemUntilTheLastHasClosed() throws Exception {
        List<URL> jar = List.of(url(jar()));
        FunctionLoader first = FunctionLoader.open(jar, PARENT);
        FunctionLoader second = FunctionLoader.open(jar, PARENT);
        assertThat(second.classLoader()).isSameAs(first.classLoader());
        first.close();
        first.close();
        assertThat(second.classLoader().getResource("own.txt")).isNotNull();
        second.close();
        assertThat(second.classLoader().getResource("own.txt")).isNull();
        try (FunctionLoader third = FunctionLoader.open(jar, PARENT)) {
            assertThat(third.classLoader()).isNotSameAs(first.classLoader());
        }
    }

    @Test
    void aJarInAJarIsCopiedForAsLongAsItIsUsed() throws Exception {
        Path outer = folder.resolve("outer.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(outer))) {
            add(out, "weft/functions/inner.jar", Files.readAllBytes(jar()));
        }
        URL inner = URI.create("jar:" + outer.toUri() + "!/weft/functions/inner.jar")
                .toURL();
        Path copy;
        try (FunctionLoader jars = FunctionLoader.open(List.of(inner), PARENT)) {
            URL resource = jars.classLoader().getResource("own.txt");
            try (InputStream in = resource.openStream()) {
                assertThat(in.readAllBytes()).isEqualTo("own".getBytes(StandardCharsets.UTF_8));
            }
            copy = Path.of(URI.create(resource.toString().replaceAll("jar:|!.*", "")));
            assertThat(copy).exists();
        }
        assertThat(copy).doesNotExist();
        assertThat(copy.getParent()).doesNotExist();
    }

    @Test
    void aJarThatIsNotThereIsTold() {
        URL missing = url(folder.resolve("missing.jar"));
        assertThatIOException()
                .isThrownBy(() -> FunctionLoader.open(List.of(missing), PARENT))
                .withMessageMatching("found no readable file .*missing.jar, expected a jar of functions");
    }

    @Test
    void withoutJarsClassesAreTheJobs() throws Exception {
        try (FunctionLoader none = FunctionLoader.open(List.of(), PARENT)) {
            assertThat(none.classLoader()).isSameAs(PARENT);
        }
    }

    private Path jar() throws IOException {
        Path jar = folder.resolve("functions.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            for (String name : List.of(SCRIPTED, SCRIPTED + "$1")) {
                String path = name.replace('.', '/') + ".class";
                try (InputStream in = PARENT.getResourceAsStream(path)) {
                    if (in != null) {
                        add(out, path, in.readAllBytes());
                    }
                }
            }
            add(
                    out,
                    "META-INF/services/" + StatefulFunction.class.getName(),
                    SCRIPTED.getBytes(StandardCharsets.UTF_8));
            add(out, "own.txt", "own".getBytes(StandardCharsets.UTF_8));
        }
        return jar;
    }

    private static void add(JarOutputStream out, String name, byte[] bytes) throws IOException {
        out.putNextEntry(new JarEntry(name));
        out.write(bytes);
        out.closeEntry();
    }

    private static URL url(Path path) {
        try {
            return path.toUri().toURL();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
