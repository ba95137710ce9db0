/** What workflows cost, beside the executor of the specification's reference SDK. */
@NullMarked
package dev.weft.benchmarks.workflow;

import org.jspecify.annotations.NullMarked;
