package dev.weft.job.cli;

import dev.weft.config.DurationText;
import dev.weft.config.Nearest;
import dev.weft.config.SecretUnavailable;
import dev.weft.function.FunctionType;
import dev.weft.job.cluster.ClusterFailure;
import dev.weft.local.StartFailure;
import dev.weft.scale.cli.ScalerCommand;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command line: {@code weft demo | run | validate | explain | graph | send | tail | submit | ...}. */
@Command(
        name = "weft",
        description = {
            "",
            "An event mesh that runs as Apache Flink jobs. One YAML file describes a mesh job:", //
            "channels of CloudEvents in Kafka, and routes that filter and deliver them.",
            ""
        },
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%nCommands:%n",
        footer = {
            "",
            "Examples:",
            "  weft demo                                     a whole mesh on this machine, with sample events",
            "  weft validate job-configs/examples/*.yaml     every mistake with line and column",
            "  weft run shop.yaml                            run a job here, with its own Kafka and Flink",
            "  weft submit shop.yaml --jobmanager http://flink:8081",
            "",
            "Exit codes: 0 it worked, 1 it did not, 2 what was typed or a file that was named is wrong."
        },
        mixinStandardHelpOptions = false,
        versionProvider = Version.class)
public final class Weft implements Callable<Integer> {

    private static final int WIDTH = 100;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--stacktrace",
            scope = ScopeType.INHERIT,
            description = "when something fails, also show where in the program")
    private boolean stacktrace;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "show how to use this command")
    private boolean help;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "show the versions of Weft and of what it runs on")
    private boolean version;

    /** Runs one command and ends the process with its exit code. */
    public static void main(String[] args) {
        System.exit(run(Shell.ofThisProcess(), args));
    }

    /** Runs one command and returns its exit code. */
    static int run(Shell shell, String... args) {
        int exitCode = commandLine(shell).execute(args);
        shell.out().flush();
        shell.err().flush();
        return exitCode;
    }

    static CommandLine commandLine(Shell shell) {
        CommandLine weft = new CommandLine(new Weft());
        commands(shell).forEach(weft::addSubcommand);
        return weft.setOut(shell.out())
                .setErr(shell.err())
                .setUsageHelpWidth(WIDTH)
                .setUsageHelpLongOptionsMaxWidth(34)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .registerConverter(Duration.class, Weft::duration)
                .registerConverter(FunctionType.class, Weft::functionType)
                .setParameterExceptionHandler((mistake, args) -> mistaken(shell, mistake))
                .setExecutionExceptionHandler((failure, command, parsed) -> failed(shell, failure, command))
                .setExitCodeExceptionMapper(failure -> ExitCodes.FAILURE);
    }

    private static List<Object> commands(Shell shell) {
        return List.of(
                new DemoCommand(shell),
                new RunCommand(shell),
                new ValidateCommand(shell),
                new ExplainCommand(shell),
                new GraphCommand(shell),
                new CommandLine(new CepCommand()).addSubcommand(new CepTestCommand(shell)),
                imports(shell),
                new CommandLine(new NewCommand())
                        .addSubcommand(new NewFunctionCommand(shell))
                        .addSubcommand(new NewWorkflowCommand(shell)),
                new SendCommand(shell),
                new TailCommand(shell),
                new RedriveCommand(shell),
                new SubmitCommand(shell),
                new KubernetesCommand(shell),
                new ApplyCommand(shell),
                new DiffCommand(shell),
                new RulesCommand(shell),
                new PauseCommand(shell),
                new ResumeCommand(shell),
                new StatusCommand(shell),
                new AuditCommand(shell),
                new CommandLine(new StateCommand())
                        .addSubcommand(new StateListCommand(shell))
                        .addSubcommand(new StateGetCommand(shell)),
                workflows(shell),
                new ScalerCommand(shell.out(), shell.err(), shell.environment()),
                new SavepointCommand(shell),
                new StopCommand(shell),
                new CancelCommand(shell));
    }

    private static CommandLine workflows(Shell shell) {
        return new CommandLine(new WorkflowCommand())
                .addSubcommand(new WorkflowTestCommand(shell))
                .addSubcommand(new WorkflowStartCommand(shell))
                .addSubcommand(new WorkflowGetCommand(shell))
                .addSubcommand(new WorkflowListCommand(shell))
                .addSubcommand(new WorkflowHistoryCommand(shell))
                .addSubcommand(new WorkflowCancelCommand(shell))
                .addSubcommand(new WorkflowSuspendCommand(shell))
                .addSubcommand(new WorkflowResumeCommand(shell))
                .addSubcommand(new WorkflowCompensateCommand(shell))
                .addSubcommand(new WorkflowSendCommand(shell))
                .addSubcommand(new WorkflowResetCommand(shell))
                .addSubcommand(new WorkflowMigrateCommand(shell));
    }

    private static CommandLine imports(Shell shell) {
        return new CommandLine(new ImportCommand())
                .addSubcommand(new ImportEventBridgeCommand(shell))
                .addSubcommand(new ImportEventMeshCommand(shell))
                .addSubcommand(new ImportKnativeCommand(shell));
    }

    /** Without a command: says which there are. */
    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getErr());
        return ExitCodes.INPUT;
    }

    private static Duration duration(String text) {
        return DurationText.parse(text)
                .orElseThrow(
                        () -> new TypeConversionException("found \"" + text + "\", expected " + DurationText.EXPECTED));
    }

    private static FunctionType functionType(String text) {
        try {
            return FunctionType.parse(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }

    private static int mistaken(Shell shell, ParameterException mistake) {
        CommandLine command = mistake.getCommandLine();
        String name = command.getCommandSpec().qualifiedName();
        String message = mistake instanceof UnmatchedArgumentException unmatched
                ? unmatched(command, unmatched.getUnmatched().get(0))
                : String.valueOf(mistake.getMessage());
        shell.note("%s: %s See: %s --help".formatted(name, sentence(message), name));
        return ExitCodes.INPUT;
    }

    private static String unmatched(CommandLine command, String typed) {
        boolean option = typed.startsWith("-");
        boolean subcommand = !option && !command.getSubcommands().isEmpty();
        List<String> known = new ArrayList<>();
        if (option) {
            Set<String> names = command.getCommandSpec().optionsMap().keySet();
            names.stream().filter(name -> name.startsWith("--")).forEach(known::add);
        } else if (subcommand) {
            known.addAll(command.getSubcommands().keySet());
        }
        String bare = option && typed.contains("=") ? typed.substring(0, typed.indexOf('=')) : typed;
        String hint = Nearest.to(bare, known)
                .map(near -> ". Did you mean " + near + "?")
                .orElse("");
        String what = option ? "option" : subcommand ? "command" : "argument";
        return "unknown " + what + " \"" + bare + "\"" + hint;
    }

    private static int failed(Shell shell, Exception failure, CommandLine command) {
        String name = command.getCommandSpec().qualifiedName();
        boolean traced = command.getParseResult() != null
                && command.getCommandSpec().root().commandLine().<Weft>getCommand().stacktrace;
        if (traced) {
            failure.printStackTrace(shell.err());
        }
        if (failure instanceof CommandFailure known) {
            shell.note(known.text());
            return known.exitCode();
        }
        boolean expected = failure instanceof ClusterFailure
                || failure instanceof StartFailure
                || failure instanceof SecretUnavailable;
        shell.note(
                expected
                        ? name + ": " + failure.getMessage()
                        : "%s: unexpected %s: %s Add --stacktrace to see where."
                                .formatted(
                                        name,
                                        failure.getClass().getSimpleName(),
                                        sentence(String.valueOf(failure.getMessage()))));
        return ExitCodes.FAILURE;
    }

    /** One line that ends as a sentence does. */
    private static String sentence(String message) {
        String line = message.strip().replaceAll("\\s*\\R\\s*", " ");
        return line.endsWith(".") || line.endsWith("?") ? line : line + ".";
    }
}
