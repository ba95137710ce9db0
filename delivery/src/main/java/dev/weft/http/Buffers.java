package dev.weft.http;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;

/**
 * Where bytes of calls lie on their way: on the heap, where Flink's limit for direct memory does not count them, and
 * where Java's TLS wants them.
 */
final class Buffers {

    private static final int HEAP_ARENAS = 2;
    private static final int PAGE_BYTES = 8192;
    private static final int PAGES_AS_POWER_OF_TWO = 7;

    static final ByteBufAllocator HEAP =
            new PooledByteBufAllocator(false, HEAP_ARENAS, 0, PAGE_BYTES, PAGES_AS_POWER_OF_TWO);

    private Buffers() {}
}
