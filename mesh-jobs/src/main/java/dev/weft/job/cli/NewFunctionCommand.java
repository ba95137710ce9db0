package dev.weft.job.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code weft new function}: a Maven project of a stateful function. */
@Command(
        name = "function",
        description = {
            "Write a Maven project of a stateful function in Java, with its test and a job that runs it.",
            "It counts the events of each subject, to be changed into what you need."
        },
        footer = {
            "",
            "Examples:",
            "  weft new function order-counter --package com.shop",
            "  weft new function order-counter --package com.shop --dir functions/orders"
        })
final class NewFunctionCommand implements Callable<Integer> {

    private final Shell shell;

    @Parameters(paramLabel = "NAME", description = "of the function: lower-case words with hyphens between them")
    private String name = "";

    @Option(
            names = "--package",
            paramLabel = "PACKAGE",
            description = "its Java package, whose last part is the function's namespace (default: ${DEFAULT-VALUE})")
    private String packageName = "com.example";

    @Option(names = "--dir", paramLabel = "FOLDER", description = "new or empty (default: the name)")
    private @Nullable Path folder;

    NewFunctionCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws CommandFailure {
        if (!FunctionProject.isName(name)) {
            throw CommandFailure.input(("weft new function: NAME: found \"%s\", expected lower-case letters and digits"
                            + " with single hyphens between them, up to 63, such as order-counter")
                    .formatted(name));
        }
        if (!FunctionProject.isPackage(packageName)) {
            throw CommandFailure.input(("weft new function: --package: found \"%s\", expected a Java package in"
                            + " lower-case letters, such as com.shop")
                    .formatted(packageName));
        }
        Path target = folder == null ? Path.of(name) : folder;
        write(target, new FunctionProject(name, packageName).files());
        shell.say("Wrote a function and its job to " + target + ". Now:");
        shell.say("  cd " + target);
        shell.say("  mvn package");
        shell.say("  weft validate job.yaml --jar target/" + name + ".jar");
        shell.say("  weft run job.yaml --jar target/" + name + ".jar");
        return ExitCodes.OK;
    }

    private static void write(Path target, Map<String, String> files) throws CommandFailure {
        try {
            if (Files.exists(target) && !isEmptyFolder(target)) {
                throw CommandFailure.input("weft new function: found something at " + target
                        + " already, expected a folder that is new or empty. Choose another by --dir");
            }
            for (Map.Entry<String, String> file : files.entrySet()) {
                Path path = target.resolve(file.getKey());
                Files.createDirectories(path.toAbsolutePath().getParent());
                Files.writeString(path, file.getValue());
            }
        } catch (IOException e) {
            throw CommandFailure.input("weft new function: " + target + " cannot be written: "
                    + e.getClass().getSimpleName());
        }
    }

    private static boolean isEmptyFolder(Path path) throws IOException {
        if (!Files.isDirectory(path)) {
            return false;
        }
        try (Stream<Path> files = Files.list(path)) {
            return files.findAny().isEmpty();
        }
    }
}
