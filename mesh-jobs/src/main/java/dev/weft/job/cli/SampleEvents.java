package dev.weft.job.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weft.event.WireHeaders;
import dev.weft.event.WireRecord;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * What happens in a small shop: orders and payments as CloudEvents, and now and then a record that is no event or whose
 * payload is broken. The same seed gives the same records, but for their times, which are asked for.
 */
final class SampleEvents {

    /** Which channel of the example config a record belongs to. */
    static final String ORDERS = "orders";

    static final String PAYMENTS = "payments";

    /**
     * One record for a channel.
     *
     * @param isEvent whether the mesh can take it as an event
     */
    record Sample(String channel, WireRecord record, boolean isEvent) {}

    private static final List<String> COUNTRIES = List.of("DE", "FR", "IT", "NL", "NO", "US", "JP", "BR", "GB");
    private static final List<String> SOURCES =
            List.of("/shop/web", "/shop/app", "/shop/web", "/shop/spring/promotion", "/shop/store");
    private static final List<String> COUPONS = List.of("SUMMER10", "summer-sale", "WELCOME", "Summer5");
    private static final List<String> METHODS = List.of("card", "paypal", "invoice", "voucher", "card");
    private static final List<String> CATEGORIES = List.of("books", "glass", "ceramics", "garden", "toys", "music");
    private static final int ONE_IN_BROKEN = 50;

    private final Random random;
    private long number;

    SampleEvents(long seed) {
        this.random = new Random(seed);
    }

    /** Returns the next record; its event happened at that time. */
    Sample next(Instant time) {
        number++;
        if (random.nextInt(ONE_IN_BROKEN) == 0) {
            return broken(time);
        }
        return random.nextInt(3) == 0 ? payment(time) : order(time);
    }

    private Sample order(Instant time) {
        String orderId = "o-" + number;
        String type = "shop.order." + (random.nextInt(4) == 0 ? pick(List.of("shipped", "cancelled")) : "placed");
        ObjectNode data = Json.object().put("orderId", orderId);
        data.putObject("customer").put("id", "c-" + random.nextInt(500)).put("country", pick(COUNTRIES));
        BigDecimal amount = BigDecimal.ZERO;
        ArrayNode items = data.putArray("items");
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            BigDecimal price = BigDecimal.valueOf(100 + random.nextInt(29_900), 2);
            int quantity = 1 + random.nextInt(5);
            amount = amount.add(price.multiply(BigDecimal.valueOf(quantity)));
            items.addObject()
                    .put("sku", "s-" + random.nextInt(1000))
                    .put("category", pick(CATEGORIES))
                    .put("quantity", quantity)
                    .put("price", price);
        }
        data.put("amount", amount).put("currency", "EUR");
        if (random.nextInt(5) == 0) {
            data.put("coupon", pick(COUPONS));
        }
        return new Sample(ORDERS, event(type, pick(SOURCES), orderId, time, Json.line(data)), true);
    }

    private Sample payment(Instant time) {
        String orderId = "o-" + (1 + random.nextLong(number));
        boolean failed = random.nextInt(8) == 0;
        ObjectNode data = Json.object()
                .put("orderId", orderId)
                .put("method", pick(METHODS))
                .put("amount", BigDecimal.valueOf(500 + random.nextInt(99_500), 2));
        if (failed) {
            data.put("reason", pick(List.of("insufficient-funds", "expired", "refused")));
        }
        String type = "shop.payment." + (failed ? "failed" : "received");
        return new Sample(PAYMENTS, event(type, "/shop/payments", orderId, time, Json.line(data)), true);
    }

    /** What other programs write into a topic by mistake. */
    private Sample broken(Instant time) {
        WireRecord fine = event("shop.order.placed", "/shop/web", "o-" + number, time, "{\"amount\": 12");
        return switch (random.nextInt(4)) {
            case 0 -> new Sample(ORDERS, fine, true);
            case 1 ->
                new Sample(
                        ORDERS,
                        new WireRecord(
                                null, fine.headers().toBuilder().remove("ce_id").build(), fine.value()),
                        false);
            case 2 -> {
                byte[] noise = new byte[64];
                random.nextBytes(noise);
                yield new Sample(PAYMENTS, new WireRecord(null, WireHeaders.NONE, noise), false);
            }
            default ->
                new Sample(PAYMENTS, new WireRecord(null, WireHeaders.NONE, bytes("order 17 placed, 12 EUR\n")), false);
        };
    }

    private WireRecord event(String type, String source, String orderId, Instant time, @Nullable String data) {
        WireHeaders headers = new WireHeaders.Builder()
                .add("ce_specversion", bytes("1.0"))
                .add("ce_id", bytes("e-" + number))
                .add("ce_source", bytes(source))
                .add("ce_type", bytes(type))
                .add("ce_subject", bytes(orderId))
                .add("ce_time", bytes(time.toString()))
                .add("content-type", bytes("application/json"))
                .build();
        return new WireRecord(bytes(orderId), headers, data == null ? null : bytes(data));
    }

    private String pick(List<String> from) {
        return from.get(random.nextInt(from.size()));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
