package dev.weft.scale.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** The scaler as a program of its own, as its image runs it. */
public final class ScalerMain {

    private ScalerMain() {}

    /** Runs the scaler until the process is told to end. */
    public static void main(String[] args) {
        System.exit(run(writer(FileDescriptor.out), writer(FileDescriptor.err), System.getenv(), args));
    }

    /** Runs the command and returns its exit code. */
    static int run(PrintWriter out, PrintWriter err, Map<String, String> environment, String... args) {
        CommandLine command = new CommandLine(new ScalerCommand(out, err, environment));
        command.getCommandSpec().mixinStandardHelpOptions(true);
        command.getSubcommands().values().forEach(each -> each.getCommandSpec().mixinStandardHelpOptions(true));
        return command.setOut(out)
                .setErr(err)
                .setUsageHelpWidth(100)
                .setParameterExceptionHandler((mistake, typed) -> mistaken(err, mistake))
                .execute(args);
    }

    private static int mistaken(PrintWriter err, ParameterException mistake) {
        String name = mistake.getCommandLine().getCommandSpec().qualifiedName();
        err.println("%s: %s. See: %s --help".formatted(name, mistake.getMessage(), name));
        return 2;
    }

    private static PrintWriter writer(FileDescriptor descriptor) {
        return new PrintWriter(new OutputStreamWriter(new FileOutputStream(descriptor), StandardCharsets.UTF_8), true);
    }
}
