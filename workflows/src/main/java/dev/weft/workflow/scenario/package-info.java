/**
 * Do workflows do what someone expects of them? Stories in files: what is given, what happens, and what is to be seen
 * then. Start with {@link dev.weft.workflow.scenario.ScenarioFiles}, which reads them, and
 * {@link dev.weft.workflow.scenario.ScenarioRunner}, which plays them. Knows nothing of Flink, and of the world only
 * what a story says of it: no call leaves the machine, and time passes only when the story says so.
 */
@NullMarked
package dev.weft.workflow.scenario;

import org.jspecify.annotations.NullMarked;
