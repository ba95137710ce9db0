package dev.weft.function;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One call of a function: messages for one address, in order, and what is remembered there.
 *
 * @param messages at least one, all for {@code target}
 * @param values what is remembered, by the names that are declared; null for nothing
 */
public record Invocation(Address target, List<Message> messages, Map<String, @Nullable TypedValue> values) {}
