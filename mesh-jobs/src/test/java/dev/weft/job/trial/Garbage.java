package dev.weft.job.trial;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.weft.event.Reason;
import dev.weft.event.WireHeaders;
import dev.weft.event.WireRecord;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * What other people's producers send, good events among it. Each constant is one kind of record and what is to become
 * of it; each record is its own, by the number and the randomness it is made of.
 */
enum Garbage {
    GOOD_BINARY(null) {
        @Override
        WireRecord make(int number, Random random) {
            return binary(number, event(number, "shop.paid"), paid(number));
        }
    },
    GOOD_STRUCTURED(null) {
        @Override
        WireRecord make(int number, Random random) {
            return structured(
                    number,
                    "{\"specversion\":\"1.0\",\"id\":\"%d\",\"source\":\"/s\",\"type\":\"shop.paid\",\"data\":%s}"
                            .formatted(number, paid(number)));
        }
    },
    RANDOM_BYTES(Reason.NOT_A_CLOUDEVENT) {
        @Override
        WireRecord make(int number, Random random) {
            return new WireRecord(key(number), WireHeaders.NONE, bytes(random, random.nextInt(2_000)));
        }
    },
    RANDOM_HEADERS(Reason.NOT_A_CLOUDEVENT) {
        @Override
        WireRecord make(int number, Random random) {
            WireHeaders headers = new WireHeaders.Builder()
                    .add("", bytes(random, 3))
                    .add("x-\u00e4\u20ac", bytes(random, 40))
                    .add("nothing", null)
                    .build();
            return new WireRecord(bytes(random, 9), headers, bytes(random, 50));
        }
    },
    PLAIN_TEXT(Reason.NOT_A_CLOUDEVENT) {
        @Override
        WireRecord make(int number, Random random) {
            return typed(number, "text/plain", "hello " + number);
        }
    },
    NO_MEDIA_TYPE(Reason.NOT_A_CLOUDEVENT) {
        @Override
        WireRecord make(int number, Random random) {
            return typed(number, ";;=/\u0000 not a type", "{}");
        }
    },
    AVRO(Reason.UNSUPPORTED_FORMAT) {
        @Override
        WireRecord make(int number, Random random) {
            WireHeaders headers = new WireHeaders.Builder()
                    .add("content-type", "application/cloudevents+avro".getBytes(UTF_8))
                    .build();
            return new WireRecord(key(number), headers, bytes(random, 80));
        }
    },
    BATCH(Reason.UNSUPPORTED_FORMAT) {
        @Override
        WireRecord make(int number, Random random) {
            return typed(number, "application/cloudevents-batch+json; charset=utf-8", "[]");
        }
    },
    OLD_VERSION(Reason.UNSUPPORTED_VERSION) {
        @Override
        WireRecord make(int number, Random random) {
            return binary(number, event(number, "shop.paid").set("ce_specversion", "0.3".getBytes(UTF_8)), "{}");
        }
    },
    NO_ID(Reason.MISSING_ATTRIBUTE) {
        @Override
        WireRecord make(int number, Random random) {
            return binary(number, event(number, "shop.paid").remove("ce_id"), "{}");
        }
    },
    EMPTY_SOURCE(Reason.MISSING_ATTRIBUTE) {
        @Override
        WireRecord make(int number, Random random) {
            return binary(number, event(number, "shop.paid").set("ce_source", new byte[0]), "{}");
        }
    },
    STRUCTURED_WITHOUT_TYPE(Reason.MISSING_ATTRIBUTE) {
        @Override
        WireRecord make(int number, Random random) {
            return structured(number, "{\"specversion\":\"1.0\",\"id\":\"%d\",\"source\":\"/s\"}".formatted(number));
        }
    },
    BAD_TIME(Reason.INVALID_ATTRIBUTE) {
        @Override
        WireRecord make(int number, Random random) {
            return binary(number, event(number, "shop.paid").add("ce_time", "yesterday".getBytes(UTF_8)), "{}");
        }
    },
    NOT_UTF_8(Reason.INVALID_ATTRIBUTE) {
        @Override
        WireRecord make(int number, Random random) {
            byte[] latin = {'M', (byte) 0xFC, 'n', 'c', 'h', 'e', 'n'};
            return binary(number, event(number, "shop.paid").add("ce_city", latin), "{}");
        }
    },
    BAD_NAME(Reason.INVALID_ATTRIBUTE) {
        @Override
        WireRecord make(int number, Random random) {
            return binary(number, event(number, "shop.paid").add("ce_Not_A-Name", key(number)), "{}");
        }
    },
    TWICE(Reason.INVALID_ATTRIBUTE) {
        @Override
        WireRecord make(int number, Random random) {
            return binary(number, event(number, "shop.paid").add("ce_type", "shop.other".getBytes(UTF_8)), "{}");
        }
    },
    BAD_CONTENT_TYPE(Reason.INVALID_ATTRIBUTE) {
        @Override
        WireRecord make(int number, Random random) {
            return binary(number, event(number, "shop.paid").set("content-type", "nonsense".getBytes(UTF_8)), "{}");
        }
    },
    CUT_OFF(Reason.UNREADABLE_EVENT) {
        @Override
        WireRecord make(int number, Random random) {
            return structured(number, "{\"specversion\":\"1.0\",\"id\":\"%d\",\"data\":{\"a".formatted(number));
        }
    },
    STRUCTURED_NOISE(Reason.UNREADABLE_EVENT) {
        @Override
        WireRecord make(int number, Random random) {
            WireRecord empty = structured(number, "");
            return new WireRecord(empty.key(), empty.headers(), bytes(random, 300));
        }
    },
    STRUCTURED_NOTHING(Reason.UNREADABLE_EVENT) {
        @Override
        WireRecord make(int number, Random random) {
            return new WireRecord(key(number), structured(number, "").headers(), null);
        }
    },
    TOMBSTONE(Reason.TOMBSTONE) {
        @Override
        WireRecord make(int number, Random random) {
            return new WireRecord(key(number), WireHeaders.NONE, null);
        }
    },
    DAMAGED_PAYLOAD(Reason.UNREADABLE_PAYLOAD) {
        @Override
        WireRecord make(int number, Random random) {
            return binary(number, event(number, "shop.damaged"), "{\"amount\": 5, \"note\": \"" + number);
        }
    },
    FIVE_MEGABYTES(Reason.TOO_LARGE) {
        @Override
        WireRecord make(int number, Random random) {
            WireRecord event = binary(number, event(number, "shop.paid"), "");
            return new WireRecord(event.key(), event.headers(), bytes(random, 5 << 20));
        }
    };

    private final @Nullable Reason reason;

    Garbage(@Nullable Reason reason) {
        this.reason = reason;
    }

    /** Returns why it goes to the dead letter; null for an event that does not. */
    @Nullable
    Reason reason() {
        return reason;
    }

    abstract WireRecord make(int number, Random random);

    private static WireHeaders.Builder event(int number, String type) {
        return new WireHeaders.Builder()
                .add("ce_specversion", "1.0".getBytes(UTF_8))
                .add("ce_id", key(number))
                .add("ce_source", "/s".getBytes(UTF_8))
                .add("ce_type", type.getBytes(UTF_8))
                .add("content-type", "application/json".getBytes(UTF_8));
    }

    private static WireRecord binary(int number, WireHeaders.Builder headers, String payload) {
        return new WireRecord(key(number), headers.build(), payload.getBytes(UTF_8));
    }

    private static WireRecord structured(int number, String json) {
        return typed(number, "application/cloudevents+json", json);
    }

    private static WireRecord typed(int number, String contentType, String value) {
        WireHeaders headers = new WireHeaders.Builder()
                .add("content-type", contentType.getBytes(UTF_8))
                .build();
        return new WireRecord(key(number), headers, value.getBytes(UTF_8));
    }

    private static String paid(int number) {
        return "{\"amount\":%d}".formatted(number);
    }

    private static byte[] key(int number) {
        return Integer.toString(number).getBytes(UTF_8);
    }

    private static byte[] bytes(Random random, int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }
}
