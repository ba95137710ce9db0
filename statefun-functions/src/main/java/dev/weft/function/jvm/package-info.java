/**
 * How is a function called that was written with the Apache StateFun SDK and is in this JVM? With a context of our own,
 * that collects what the function asks for, and no protocol between. Start with
 * {@link dev.weft.function.jvm.JvmFunctions}. This is the only package that knows the SDK, whose behaviour it keeps; it
 * knows nothing of where messages come from.
 */
@NullMarked
package dev.weft.function.jvm;

import org.jspecify.annotations.NullMarked;
