package dev.weft.job.trial.function;

import dev.weft.job.trial.function.Command.Await;
import dev.weft.job.trial.function.Command.Cancel;
import dev.weft.job.trial.function.Command.Send;
import dev.weft.job.trial.function.Command.SendLater;
import dev.weft.job.trial.function.Command.Target;
import dev.weft.job.trial.function.Command.Tell;
import dev.weft.job.trial.function.Command.Toggle;
import dev.weft.job.trial.function.Command.Update;
import dev.weft.job.trial.function.CommandForm.Order;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.apache.flink.statefun.sdk.java.Address;
import org.apache.flink.statefun.sdk.java.Context;
import org.apache.flink.statefun.sdk.java.StatefulFunction;
import org.apache.flink.statefun.sdk.java.StatefulFunctionSpec;
import org.apache.flink.statefun.sdk.java.TypeName;
import org.apache.flink.statefun.sdk.java.ValueSpec;
import org.apache.flink.statefun.sdk.java.io.KafkaEgressMessage;
import org.apache.flink.statefun.sdk.java.message.Message;
import org.apache.flink.statefun.sdk.java.message.MessageBuilder;
import org.apache.flink.statefun.sdk.java.types.SimpleType;
import org.apache.flink.statefun.sdk.java.types.Type;

/**
 * A function that does what a message says. It numbers what it sends to each address, and counts what comes in another
 * order than it was sent.
 */
public final class CommandInterpreter implements StatefulFunction {

    /** The type of messages, also of those that come from outside. */
    public static final String ORDER_TYPE = "trial/order";

    /** Where the interpreter says things: records with its address as key. */
    public static final String EGRESS = "trial/told";

    public static final String TOPIC = "trial.told";

    private static final Type<Order> ORDER = SimpleType.simpleImmutableTypeFrom(
            TypeName.typeNameFromString(ORDER_TYPE), CommandForm::write, CommandForm::read);
    private static final Type<Books> BOOKS =
            SimpleType.simpleTypeFrom(TypeName.typeNameFromString("trial/books"), Books::toBytes, Books::fromBytes);

    private static final ValueSpec<Long> COUNT = ValueSpec.named("count").withLongType();
    private static final ValueSpec<Long> SUM = ValueSpec.named("sum").withLongType();
    private static final ValueSpec<Long> DISORDERS =
            ValueSpec.named("disorders").withLongType();
    private static final ValueSpec<Boolean> TOGGLE = ValueSpec.named("toggle").withBooleanType();
    private static final ValueSpec<Books> NUMBERS = ValueSpec.named("numbers").withCustomType(BOOKS);

    private CommandInterpreter() {}

    /** Returns the interpreter that is served over HTTP. */
    public static StatefulFunctionSpec remote() {
        return spec(Command.Kind.REMOTE);
    }

    static StatefulFunctionSpec spec(Command.Kind kind) {
        return StatefulFunctionSpec.builder(TypeName.typeNameFromString(kind.typeName()))
                .withValueSpecs(COUNT, SUM, DISORDERS, TOGGLE, NUMBERS)
                .withSupplier(CommandInterpreter::new)
                .build();
    }

    @Override
    public CompletableFuture<Void> apply(Context context, Message message) {
        Order order = message.as(ORDER);
        Books books = context.storage().get(NUMBERS).orElseGet(Books::new);
        if (order.number() != CommandForm.UNNUMBERED
                && !books.isNext(text(context.caller().orElseThrow()), order.number())) {
            add(context, DISORDERS, 1);
        }
        return run(context, order.commands(), books)
                .thenRun(() -> context.storage().set(NUMBERS, books));
    }

    private static CompletableFuture<Void> run(Context context, List<Command> commands, Books books) {
        CompletableFuture<Void> done = context.done();
        for (Command command : commands) {
            done = done.thenCompose(before -> run(context, command, books));
        }
        return done;
    }

    private static CompletableFuture<Void> run(Context context, Command command, Books books) {
        if (command instanceof Await await) {
            Executor later = CompletableFuture.delayedExecutor(await.millis(), TimeUnit.MILLISECONDS);
            return CompletableFuture.completedFuture(null)
                    .thenComposeAsync(waited -> run(context, await.then(), books), later);
        }
        if (command instanceof Update update) {
            add(context, COUNT, 1);
            add(context, SUM, update.number());
        } else if (command instanceof Tell tell) {
            tell(context, "tell " + tell.number());
        } else if (command instanceof Send send) {
            int number = books.nextFor(send.to().toString());
            context.send(message(send.to(), new Order(number, send.then())));
        } else if (command instanceof SendLater later) {
            sendLater(context, later);
        } else if (command instanceof Cancel cancel) {
            context.cancelDelayedMessage(cancel.token());
        } else if (command instanceof Toggle) {
            toggle(context);
        } else {
            report(context);
        }
        return context.done();
    }

    private static void sendLater(Context context, SendLater later) {
        Duration delay = Duration.ofMillis(later.millis());
        Message message = message(later.to(), new Order(CommandForm.UNNUMBERED, later.then()));
        String token = later.token();
        if (token == null) {
            context.sendAfter(delay, message);
        } else {
            context.sendAfter(delay, token, message);
        }
    }

    private static void toggle(Context context) {
        if (context.storage().get(TOGGLE).isPresent()) {
            context.storage().remove(TOGGLE);
        } else {
            context.storage().set(TOGGLE, true);
        }
    }

    private static void report(Context context) {
        Standing standing = new Standing(
                context.storage().get(COUNT).orElse(0L),
                context.storage().get(SUM).orElse(0L),
                context.storage().get(TOGGLE).isPresent(),
                context.storage().get(DISORDERS).orElse(0L));
        tell(context, standing.text());
    }

    private static void add(Context context, ValueSpec<Long> value, long more) {
        context.storage().set(value, context.storage().get(value).orElse(0L) + more);
    }

    private static void tell(Context context, String text) {
        context.send(KafkaEgressMessage.forEgress(TypeName.typeNameFromString(EGRESS))
                .withTopic(TOPIC)
                .withUtf8Key(text(context.self()))
                .withUtf8Value(text)
                .build());
    }

    private static Message message(Target to, Order order) {
        return MessageBuilder.forAddress(TypeName.typeNameFromString(to.kind().typeName()), to.id())
                .withCustomType(ORDER, order)
                .build();
    }

    private static String text(Address address) {
        return address.type().asTypeNameString() + "/" + address.id();
    }
}
