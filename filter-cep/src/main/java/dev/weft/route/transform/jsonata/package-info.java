/**
 * What JSON does an expression in JSONata make of an event? Start with
 * {@link dev.weft.route.transform.jsonata.JsonataExpression}. Knows nothing of templates, nor of how an event is
 * written.
 */
@NullMarked
package dev.weft.route.transform.jsonata;

import org.jspecify.annotations.NullMarked;
