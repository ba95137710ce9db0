package dev.weft.job.cli;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.lang.model.SourceVersion;

/**
 * A Maven project to start from: a stateful function, its test, and a job that runs it.
 *
 * @param name of the function, of its job and of the jar; {@link NewFolder#isName}
 * @param packageName {@link #isPackage}; its last part is the function's namespace
 */
record FunctionProject(String name, String packageName) {

    private static final Pattern PACKAGE = Pattern.compile("[a-z][a-z0-9_]*(\\.[a-z][a-z0-9_]*)*");

    /** Whether it is a package that classes of jars may be in: the JVM loads no others of {@code java}. */
    static boolean isPackage(String text) {
        return PACKAGE.matcher(text).matches()
                && SourceVersion.isName(text, SourceVersion.RELEASE_17)
                && !text.equals("java")
                && !text.startsWith("java.");
    }

    /** Returns the text of each file, by its path with slashes. */
    Map<String, String> files() {
        String folder = packageName.replace('.', '/') + "/";
        Map<String, String> files = new LinkedHashMap<>();
        files.put("pom.xml", filled("pom.xml"));
        files.put("job.yaml", filled("job.yaml"));
        files.put("README.md", filled("README.md"));
        files.put(".gitignore", filled("gitignore"));
        files.put("src/main/java/" + folder + className() + ".java", filled("Function.java"));
        files.put("src/main/java/" + folder + "CloudEvent.java", filled("CloudEvent.java"));
        files.put("src/test/java/" + folder + className() + "Test.java", filled("FunctionTest.java"));
        return files;
    }

    /** Ends in a way that no class of Java or of the SDK does, so that it hides none. */
    private String className() {
        return Stream.of(name.split("-", -1))
                        .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
                        .collect(Collectors.joining())
                + "Fn";
    }

    private String filled(String template) {
        return NewFolder.filled(
                "function/" + template,
                Map.of(
                        "name",
                        name,
                        "class",
                        className(),
                        "package",
                        packageName,
                        "namespace",
                        packageName.substring(packageName.lastIndexOf('.') + 1)));
    }
}
