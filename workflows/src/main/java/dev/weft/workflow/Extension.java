package dev.weft.workflow;

import dev.weft.workflow.jq.Jq;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is done around tasks of some kind.
 *
 * @param when asked of the task's raw input; null for always
 * @param before {@code then: exit} in it leaves the task out, and what it made is the task's output
 */
public record Extension(String name, @Nullable Jq when, List<Task> before, List<Task> after) {}
