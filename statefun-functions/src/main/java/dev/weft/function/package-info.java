/**
 * What do stateful functions do? A message comes to an address; the function of its type is called with the message and
 * what is remembered at the address; what it answers becomes messages, delayed messages, records of egresses and
 * changed values, all at once or not at all. Start with {@link dev.weft.function.FunctionRuntime}. The semantics are
 * those of Apache StateFun 3.x. Knows nothing of Flink, of HTTP and of the SDK.
 */
@NullMarked
package dev.weft.function;

import org.jspecify.annotations.NullMarked;
