package dev.weft.job.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.function.Address;
import dev.weft.function.AddressRow;
import dev.weft.function.DelayRow;
import dev.weft.function.FunctionType;
import dev.weft.function.Message;
import dev.weft.function.TypedValue;
import dev.weft.function.ValueDeclaration;
import dev.weft.function.ValueDeclaration.Expiration;
import dev.weft.job.cli.flink.WrittenSavepoint;
import dev.weft.local.flink.EmbeddedFlink;
import dev.weft.local.flink.FlinkSettings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What those who type see of the functions in a savepoint. */
class StateCommandsTest {

    private static final FunctionType CART = FunctionType.parse("shop/cart");
    private static final FunctionType STOCK = FunctionType.parse("shop/stock");
    private static final long NOON = Instant.parse("2026-11-21T12:00:00Z").toEpochMilli();
    private static final Duration DAY = Duration.ofDays(1);

    @TempDir
    private static Path folder;

    private static String savepoint = "";
    private static String another = "";

    @BeforeAll
    static void writeSavepoints() throws Exception {
        DelayRow later = new DelayRow();
        later.add(message(CART, STOCK, "release"), NOON, "hold");
        later.add(message(STOCK, CART, "count"), NOON + 1000, null);
        try (EmbeddedFlink flink =
                EmbeddedFlink.start(FlinkSettings.in(folder.resolve("flink")).withSlots(1))) {
            savepoint = new WrittenSavepoint()
                    .with(CART, "alice", cart("[\"book\"]"))
                    .with(CART, "bob", cart("[]"))
                    .with(STOCK, "alice", stock("7"))
                    .with("alice", later)
                    .write(flink, folder.resolve("savepoint"))
                    .toString();
            another = new WrittenSavepoint()
                    .with(STOCK, "alice", stock("7"))
                    .write(flink, folder.resolve("another"), "someone-else")
                    .toString();
        }
    }

    @Test
    void functionsAreListedWithHowMuchTheyKeep() {
        assertThat(Typed.weft("state", "ls", savepoint).seen()).isEqualTo("""
                exit code 0
                --- out
                TYPE        IDS  VALUES  BYTES
                shop/cart     2       4     16
                shop/stock    1       1      1
                2 delayed messages
                --- err
                """);
    }

    @Test
    void functionsAreListedInJson() {
        assertThat(Typed.weft("state", "ls", savepoint, "--output", "json").out())
                .isEqualTo("""
                {
                  "types" : [ {
                    "type" : "shop/cart",
                    "ids" : 2,
                    "values" : 4,
                    "bytes" : 16
                  }, {
                    "type" : "shop/stock",
                    "ids" : 1,
                    "values" : 1,
                    "bytes" : 1
                  } ],
                  "delayedMessages" : 2
                }
                """);
    }

    @Test
    void theIdsOfOneFunctionAreListed() {
        assertThat(Typed.weft("state", "ls", savepoint, "--type", "shop/cart").out())
                .isEqualTo("""
                ID     VALUES  BYTES
                alice       2     11
                bob         2      5
                """);
    }

    @Test
    void theIdsOfOneFunctionAreListedInJson() {
        assertThat(Typed.weft("state", "ls", savepoint, "--type", "shop/stock", "--output", "json")
                        .out())
                .isEqualTo("""
                        {
                          "ids" : [ {
                            "id" : "alice",
                            "values" : 1,
                            "bytes" : 1
                          } ]
                        }
                        """);
    }

    @Test
    void valuesOfOneIdAreShownWithWhatItSendsLater() {
        assertThat(Typed.weft("state", "get", savepoint, "--type", "shop/cart", "--id", "alice")
                        .out())
                .isEqualTo("""
                        VALUE  TYPE        UNTIL
                        items  shop/items  -                     ["book"]
                        seen   shop/flag   2026-11-22T12:00:00Z  yes
                        to be sent at 2026-11-21T12:00:00Z to shop/stock/alice (token hold): release
                        """);
    }

    @Test
    void valuesOfOneIdAreShownInJson() {
        assertThat(Typed.weft("state", "get", savepoint, "--type", "shop/cart", "--id", "alice", "--output", "json")
                        .out())
                .isEqualTo("""
                        {
                          "type" : "shop/cart",
                          "id" : "alice",
                          "values" : [ {
                            "name" : "items",
                            "type" : "shop/items",
                            "value" : "[\\"book\\"]",
                            "bytes" : "WyJib29rIl0="
                          }, {
                            "name" : "seen",
                            "type" : "shop/flag",
                            "value" : "yes",
                            "bytes" : "eWVz",
                            "until" : "2026-11-22T12:00:00Z"
                          } ],
                          "delayedMessages" : [ {
                            "due" : "2026-11-21T12:00:00Z",
                            "to" : "shop/stock/alice",
                            "type" : "shop/command",
                            "argument" : "release",
                            "token" : "hold"
                          } ]
                        }
                        """);
    }

    @Test
    void theFileOfMetadataStandsForItsFolder() {
        assertThat(Typed.weft("state", "ls", Path.of(savepoint, "_metadata").toString()))
                .isEqualTo(Typed.weft("state", "ls", savepoint));
    }

    @Test
    void whatIsNotThereFailsTheCommand() {
        Typed type = Typed.weft("state", "get", savepoint, "--type", "shop/card", "--id", "alice");
        Typed id = Typed.weft("state", "get", savepoint, "--type", "shop/stock", "--id", "bob");

        assertThat(type.exitCode()).isEqualTo(ExitCodes.FAILURE);
        assertThat(type.err()).isEqualTo("found nothing of shop/card/alice in the savepoint\n");
        assertThat(id.exitCode()).isEqualTo(ExitCodes.FAILURE);
        assertThat(id.err()).isEqualTo("found nothing of shop/stock/bob in the savepoint\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ls", "get"})
    void aTypeOfAnotherFormIsRefused(String command) {
        Typed typed = Typed.weft("state", command, savepoint, "--type", "cart");

        assertThat(typed.exitCode()).isEqualTo(ExitCodes.INPUT);
        assertThat(typed.err())
                .isEqualTo("weft state %1$s: Invalid value for option '--type': found cart,".formatted(command)
                        + " expected namespace/name. See: weft state %1$s --help\n".formatted(command));
    }

    @Test
    void aFolderThatIsNoSavepointIsRefused() {
        Typed none = Typed.weft("state", "ls", folder.toString());

        assertThat(none.exitCode()).isEqualTo(ExitCodes.INPUT);
        assertThat(none.err()).startsWith(folder + ": cannot be read as a savepoint: ");
    }

    @Test
    void aSavepointWithoutFunctionsIsRefused() {
        Typed none = Typed.weft("state", "get", another, "--type", "shop/cart", "--id", "alice");

        assertThat(none.exitCode()).isEqualTo(ExitCodes.INPUT);
        assertThat(none.err()).isEqualTo(another + ": found a savepoint of a job without functions\n");
    }

    private static AddressRow cart(String items) {
        AddressRow row = new AddressRow();
        row.put(ValueDeclaration.kept("items", "shop/items"), value("shop/items", items), NOON);
        row.put(
                new ValueDeclaration("seen", "shop/flag", Expiration.AFTER_WRITE, DAY),
                value("shop/flag", "yes"),
                NOON);
        return row;
    }

    private static AddressRow stock(String left) {
        AddressRow row = new AddressRow();
        row.put(ValueDeclaration.kept("left", "shop/count"), value("shop/count", left), NOON);
        return row;
    }

    private static Message message(FunctionType from, FunctionType to, String argument) {
        return new Message(new Address(to, "alice"), new Address(from, "alice"), value("shop/command", argument), null);
    }

    private static TypedValue value(String type, String text) {
        return new TypedValue(type, text.getBytes(StandardCharsets.UTF_8));
    }
}
