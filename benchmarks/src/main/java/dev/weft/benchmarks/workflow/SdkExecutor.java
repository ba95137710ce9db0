package dev.weft.benchmarks.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import io.serverlessworkflow.api.WorkflowFormat;
import io.serverlessworkflow.api.WorkflowReader;
import io.serverlessworkflow.impl.WorkflowApplication;
import io.serverlessworkflow.impl.WorkflowDefinition;
import java.io.IOException;

/** The executor of the reference SDK, in memory, with its lifecycle events switched off. */
final class SdkExecutor implements Executor {

    private final WorkflowApplication application;
    private final WorkflowDefinition definition;

    SdkExecutor(String document) throws IOException {
        application = WorkflowApplication.builder()
                .disableLifeCycleCEPublishing()
                .disableStatusChangePublishing()
                .build();
        definition =
                application.workflowDefinition(WorkflowReader.readWorkflowFromString(document, WorkflowFormat.YAML));
    }

    @Override
    public JsonNode run(long number, JsonNode input) {
        return definition.instance(input).start().join().as(JsonNode.class).orElseThrow();
    }

    @Override
    public void close() {
        application.close();
    }
}
