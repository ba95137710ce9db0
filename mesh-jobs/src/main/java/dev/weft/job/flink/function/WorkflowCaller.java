package dev.weft.job.flink.function;

import dev.weft.delivery.BreakerPolicy;
import dev.weft.http.AddressPolicy;
import dev.weft.job.WorkflowCalls;
import dev.weft.job.Workflows;
import dev.weft.workflow.call.CallOutcome;
import dev.weft.workflow.call.CallRequest;
import dev.weft.workflow.call.CallTerms;
import dev.weft.workflow.call.HttpCaller;
import dev.weft.workflow.call.Secrets;
import dev.weft.workflow.host.Outside;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.flink.util.clock.SystemClock;

/** Makes the calls of workflows over HTTP, as a config says. */
final class WorkflowCaller implements Outside {

    private final HttpCaller caller;

    /** @param environment where secrets are looked up */
    WorkflowCaller(Workflows config, AddressPolicy network, Map<String, String> environment) {
        WorkflowCalls calls = config.calls();
        CallTerms terms = new CallTerms(
                calls.concurrency(),
                calls.timeout(),
                CallTerms.USUAL.connectTimeout(),
                calls.maxResponseBytes(),
                BreakerPolicy.DEFAULT);
        this.caller = new HttpCaller(
                terms,
                network,
                Secrets.of(config.secrets(), environment),
                SystemClock.getInstance()::relativeTimeMillis);
    }

    @Override
    public void call(CallRequest request, Consumer<CallOutcome> outcome) {
        caller.call(request, outcome);
    }

    @Override
    public void close() {
        caller.close();
    }
}
