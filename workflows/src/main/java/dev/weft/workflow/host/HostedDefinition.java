package dev.weft.workflow.host;

import dev.weft.workflow.Definition;
import org.jspecify.annotations.Nullable;

/**
 * A definition, and how its instances live.
 *
 * @param terms null where they see all events, emit to {@link WorkflowTypes#EVENTS}, and live as the settings of the
 *     job say
 */
public record HostedDefinition(
        Definition definition, @Nullable WorkflowTerms terms) {}
