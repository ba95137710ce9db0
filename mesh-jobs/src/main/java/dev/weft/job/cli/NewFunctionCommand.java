package dev.weft.job.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
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

    private static final String COMMAND = "weft new function";

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
        NewFolder.refuseUnlessName(COMMAND, "NAME", name, "order-counter");
        if (!FunctionProject.isPackage(packageName)) {
            throw CommandFailure.input((COMMAND + ": --package: found \"%s\", expected a Java package in"
                            + " lower-case letters, such as com.shop")
                    .formatted(packageName));
        }
        Path target = folder == null ? Path.of(name) : folder;
        NewFolder.write(COMMAND, target, new FunctionProject(name, packageName).files());
        shell.say("Wrote a function and its job to " + target + ". Now:");
        shell.say("  cd " + target);
        shell.say("  mvn package");
        shell.say("  weft validate job.yaml --jar target/" + name + ".jar");
        shell.say("  weft run job.yaml --jar target/" + name + ".jar");
        return ExitCodes.OK;
    }
}
