/**
 * What event is made of the events of a match? Start with {@link dev.weft.cep.emit.EmitTemplate}. Knows nothing of
 * patterns: what its placeholders stand for comes as bindings of names.
 */
@NullMarked
package dev.weft.cep.emit;

import org.jspecify.annotations.NullMarked;
