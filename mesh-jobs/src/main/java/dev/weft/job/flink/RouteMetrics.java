package dev.weft.job.flink;

import dev.weft.event.Reason;
import dev.weft.job.RoutingPlan;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/**
 * What the route operator counts, under its group {@code weft}: {@code received}, {@code unmatched}, {@code delivered},
 * {@code deadLettered}, {@code expressionErrors}; {@code route.<name>.matched} and
 * {@code route.<name>.expressionErrors}, events refused because an expression of the rule failed;
 * {@code channel.<name>.delivered}; {@code reason.<code>.deadLettered}. Counts start at 0 with each attempt of the job.
 * The names are an API to dashboards and to the command line.
 */
final class RouteMetrics {

    static final String GROUP = "weft";

    final Counter received;
    final Counter unmatched;
    final Counter delivered;
    final Counter deadLettered;
    final Counter expressionErrors;
    final Counter[] matched;
    final Counter[] routeExpressionErrors;
    final Counter[] channelDelivered;
    final Counter[] deadLetteredBy;

    RouteMetrics(MetricGroup operator, RoutingPlan plan) {
        MetricGroup weft = operator.addGroup(GROUP);
        received = weft.counter("received");
        unmatched = weft.counter("unmatched");
        delivered = weft.counter("delivered");
        deadLettered = weft.counter("deadLettered");
        matched = plan.routes().stream()
                .map(route -> weft.addGroup("route").addGroup(route.name()).counter("matched"))
                .toArray(Counter[]::new);
        expressionErrors = weft.counter("expressionErrors");
        routeExpressionErrors = plan.routes().stream()
                .map(route -> weft.addGroup("route").addGroup(route.name()).counter("expressionErrors"))
                .toArray(Counter[]::new);
        channelDelivered = plan.channels().stream()
                .map(channel ->
                        weft.addGroup("channel").addGroup(channel.name()).counter("delivered"))
                .toArray(Counter[]::new);
        deadLetteredBy = new Counter[Reason.values().length];
        for (Reason reason : Reason.values()) {
            deadLetteredBy[reason.ordinal()] =
                    weft.addGroup("reason").addGroup(reason.code()).counter("deadLettered");
        }
    }
}
