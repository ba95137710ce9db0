/**
 * What does a CESQL expression say of an event's attributes? Start with {@link dev.weft.filter.sql.SqlExpression}.
 * Knows nothing of rules or of where attributes come from; whatever goes wrong while an expression is evaluated is a
 * value.
 */
@NullMarked
package dev.weft.filter.sql;

import org.jspecify.annotations.NullMarked;
