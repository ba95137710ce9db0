package dev.weft.job.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weft.config.Nearest;
import dev.weft.config.Problem;
import dev.weft.config.Problems;
import dev.weft.config.Substitution;
import dev.weft.config.YamlReader;
import dev.weft.delivery.Target;
import dev.weft.event.BuriedEvent;
import dev.weft.event.MeshEvent;
import dev.weft.event.Origin;
import dev.weft.event.Reason;
import dev.weft.event.WireRecord;
import dev.weft.filter.PlainRuleSet;
import dev.weft.filter.Rule;
import dev.weft.filter.RuleParser;
import dev.weft.job.ChannelConfig;
import dev.weft.job.JobConfig;
import dev.weft.route.Route;
import dev.weft.route.TopicNames;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code weft redrive}: dead letters on their way again. */
@Command(
        name = "redrive",
        description = {
            "Send dead letters of a route again.",
            "Each goes once, to the target alone that did not take it, in the order the events were read first.",
            "One that was on its way to no target goes through the route as a new event."
        },
        footer = {
            "",
            "Examples:",
            "  weft redrive shop.yaml --route bills --target billing --dry-run",
            "  weft redrive shop.yaml --route bills --target billing --since 2h",
            "  weft redrive shop.yaml --route bills --where '{type: [order.placed]}' --limit 100"
        })
final class RedriveCommand implements Callable<Integer> {

    private static final int MOST_TOGETHER = 500;
    private static final int SHOWN = 5;
    private static final long PROGRESS = 10_000;

    private final Shell shell;

    @Parameters(paramLabel = "FILE", description = "the job config")
    private String file = "";

    @Option(
            names = "--from",
            paramLabel = "CHANNEL",
            description = "the channel they are in (default: the job's dead letter)")
    private @Nullable String from;

    @Option(names = "--route", required = true, paramLabel = "ROUTE", description = "dead letters of that route")
    private String route = "";

    @Option(names = "--target", paramLabel = "TARGET", description = "only those that this target did not take")
    private @Nullable String target;

    @Option(names = "--reason", paramLabel = "CODE", description = "only those with this weftreason")
    private @Nullable String reason;

    @Option(
            names = "--where",
            paramLabel = "PATTERN",
            description = "only events like this, written as a route's where is")
    private @Nullable String where;

    @Option(
            names = "--since",
            paramLabel = "WHEN",
            description = "only those written since: 2026-11-21T03:00:00Z, or 1h for an hour ago")
    private @Nullable String since;

    @Option(names = "--until", paramLabel = "WHEN", description = "only those written before")
    private @Nullable String until;

    @Option(names = "--limit", paramLabel = "N", description = "send so many at most")
    private long limit = Long.MAX_VALUE;

    @Option(names = "--again", description = "also those that were sent again before")
    private boolean again;

    @Option(names = "--dry-run", description = "send nothing; say what would be sent")
    private boolean dryRun;

    @Mixin
    private ControlOptions options = new ControlOptions();

    @Mixin
    private OutputOption output = new OutputOption();

    RedriveCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws CommandFailure {
        JobConfig config = JobFile.read(shell, file).config();
        String redrive = config.redrive()
                .orElseThrow(() -> CommandFailure.input(
                        "%s: there is no spec.redrive, the channel on which the job would read dead letters again"
                                .formatted(InputFile.named(file))));
        checkNames(config);
        LetterChoice choice = choice(config);
        String deadTopic = topic(MeshOptions.channel(config, from == null ? config.deadLetter() : from));
        JobConfig reachable = options.reachable(shell, config);
        String servers = reachable.kafka().bootstrap();
        try (Spill spill = new Spill()) {
            Properties client = options.client(reachable, shell);
            Run run = new Run(client, deadTopic, config.channel(redrive).topic());
            report(run.read(choice, config.name(), spill), run);
            return ExitCodes.OK;
        } catch (KafkaException e) {
            throw isFenced(e)
                    ? CommandFailure.failure(
                            "another weft redrive of job %s has begun, so this one ends".formatted(config.name()))
                    : KafkaReach.failure(servers, e);
        } catch (IOException | UncheckedIOException e) {
            throw CommandFailure.failure("weft redrive: dead letters cannot be kept in a file: " + e.getMessage());
        }
    }

    /** Kafka's client wraps the failure where it has known of it for a while. */
    private static boolean isFenced(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ProducerFencedException || cause instanceof InvalidProducerEpochException) {
                return true;
            }
        }
        return false;
    }

    private void checkNames(JobConfig config) throws CommandFailure {
        List<String> routes = config.routes().stream().map(Route::name).toList();
        if (!routes.contains(route) && config.control().isEmpty()) {
            throw unknown("route", route, routes);
        }
        List<String> targets = config.targets().stream().map(Target::name).toList();
        if (target != null && !targets.contains(target)) {
            throw unknown("target", target, targets);
        }
        List<String> reasons = Arrays.stream(Reason.values()).map(Reason::code).toList();
        if (reason != null && !reasons.contains(reason)) {
            throw unknown("reason", reason, reasons);
        }
    }

    private static CommandFailure unknown(String what, String name, List<String> known) {
        String hint = Nearest.to(name, known)
                .map(near -> ". Did you mean \"" + near + "\"?")
                .orElse("");
        return CommandFailure.input("weft redrive: there is no %s \"%s\"%s".formatted(what, name, hint));
    }

    private LetterChoice choice(JobConfig config) throws CommandFailure {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        return new LetterChoice(
                config.name(),
                route,
                Optional.ofNullable(target),
                Optional.ofNullable(reason),
                PlainRuleSet.of(List.of(rule())),
                config.payloads(),
                since == null ? Instant.EPOCH : WhenText.parse("weft redrive: --since", since, now),
                until == null
                        ? Instant.ofEpochMilli(Long.MAX_VALUE)
                        : WhenText.parse("weft redrive: --until", until, now));
    }

    private Rule rule() throws CommandFailure {
        if (where == null) {
            return Rule.everything();
        }
        Problems problems = new Problems();
        Optional<Rule> rule = YamlReader.read("--where", where, Substitution.none(), problems)
                .map(node -> RuleParser.parse(node, problems));
        if (!problems.isEmpty()) {
            throw CommandFailure.input(problems.inReadingOrder().stream()
                    .map(Problem::message)
                    .collect(Collectors.joining(System.lineSeparator())));
        }
        return rule.orElseThrow();
    }

    private static String topic(ChannelConfig channel) throws CommandFailure {
        if (channel.topics() instanceof TopicNames.OneTopic one) {
            return one.topic();
        }
        throw CommandFailure.input("channel %s stands for every topic that matches %s: dead letters are in one topic"
                .formatted(channel.name(), channel.topics()));
    }

    /** One way through the dead letters. */
    private final class Run {
        private final Properties client;
        private final String deadTopic;
        private final String redriveTopic;
        private final List<String> first = new ArrayList<>();
        private long sent;
        private long told;

        Run(Properties client, String deadTopic, String redriveTopic) {
            this.client = client;
            this.deadTopic = deadTopic;
            this.redriveTopic = redriveTopic;
        }

        /** Reads all, and sends what was chosen. The writer comes first: from then on nobody else writes. */
        ChosenLetters read(LetterChoice choice, String job, Spill spill) throws IOException, CommandFailure {
            if (dryRun) {
                return send(chosen(choice, spill), null);
            }
            try (RedriveWriter writer = RedriveWriter.open(job, redriveTopic, client, MOST_TOGETHER)) {
                return send(chosen(choice, spill), writer);
            }
        }

        private ChosenLetters chosen(LetterChoice choice, Spill spill) throws CommandFailure {
            TopicScan scan = new TopicScan(client);
            SentLetters before = new SentLetters(deadTopic);
            checkExists(redriveTopic, scan.read(redriveTopic, before::take));
            ChosenLetters chosen = new ChosenLetters(choice, before, again, spill);
            checkExists(deadTopic, scan.read(deadTopic, chosen::take));
            return chosen;
        }

        private static void checkExists(String topic, int partitions) throws CommandFailure {
            if (partitions == 0) {
                throw CommandFailure.failure("there is no topic " + topic);
            }
        }

        private ChosenLetters send(ChosenLetters chosen, @Nullable RedriveWriter writer)
                throws IOException, CommandFailure {
            sent = chosen.forEach(deadTopic, limit, (source, record) -> {
                if (first.size() < SHOWN) {
                    first.add(described(record));
                }
                if (writer != null) {
                    writer.write(source, record);
                    tell(writer.committed(), chosen.size());
                }
            });
            if (writer != null) {
                writer.commit();
            }
            return chosen;
        }

        private void tell(long committed, long all) {
            if (committed / PROGRESS > told / PROGRESS) {
                shell.note("sent %s of %s".formatted(Counted.grouped(committed), Counted.grouped(all)));
            }
            told = committed;
        }

        private static String described(WireRecord letter) {
            BuriedEvent buried = BuriedEvent.in(MeshEvent.stored(Origin.NONE, letter));
            return buried == null ? "" : buried.event() + " (" + buried.event().origin() + ")";
        }
    }

    private void report(ChosenLetters chosen, Run run) {
        if (output.isJson()) {
            shell.say(Json.pretty(json(chosen, run)));
            return;
        }
        if (chosen.size() > 0) {
            Table table = Table.ofText("TARGET", "REASON", "DEAD LETTERS");
            chosen.counts()
                    .forEach((name, reasons) -> reasons.forEach(
                            (code, count) -> table.row(name.isEmpty() ? "-" : name, code, Counted.grouped(count))));
            table.lines().forEach(shell::say);
            shell.say("");
        }
        shell.say("%s %s of route %s%s"
                .formatted(
                        dryRun ? "would send" : "sent",
                        Counted.of(run.sent, "event"),
                        route,
                        chosen.sentBefore() == 0
                                ? ""
                                : "; left out %s sent before (--again sends them too)"
                                        .formatted(Counted.of(chosen.sentBefore(), "dead letter"))));
        if (dryRun) {
            run.first.forEach(each -> shell.say("  " + each));
        }
        chosen.unsendable()
                .forEach((code, count) -> shell.say(
                        "not sent, as no route can take them: %s (%s)".formatted(Counted.of(count, "record"), code)));
    }

    private ObjectNode json(ChosenLetters chosen, Run run) {
        ObjectNode json = Json.object()
                .put("route", route)
                .put("dryRun", dryRun)
                .put("deadLetters", chosen.size())
                .put("sentBefore", chosen.sentBefore())
                .put("sent", dryRun ? 0 : run.sent);
        if (dryRun) {
            json.put("wouldSend", run.sent);
            run.first.forEach(json.putArray("first")::add);
        }
        ArrayNode counts = json.putArray("counts");
        chosen.counts()
                .forEach((name, reasons) -> reasons.forEach((code, count) -> {
                    ObjectNode each = counts.addObject();
                    if (!name.isEmpty()) {
                        each.put("target", name);
                    }
                    each.put("reason", code).put("deadLetters", count);
                }));
        ObjectNode unsendable = json.putObject("notSendable");
        chosen.unsendable().forEach(unsendable::put);
        return json;
    }
}
