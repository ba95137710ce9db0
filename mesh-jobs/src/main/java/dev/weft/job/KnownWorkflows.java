package dev.weft.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.weft.workflow.Definition;
import dev.weft.workflow.DefinitionId;
import dev.weft.workflow.host.HostSettings;
import dev.weft.workflow.host.HostedDefinition;
import dev.weft.workflow.host.ShardCount;
import dev.weft.workflow.host.UnreadableException;
import dev.weft.workflow.host.Workflow;
import dev.weft.workflow.host.WorkflowBook;
import dev.weft.workflow.host.WorkflowSource;
import dev.weft.workflow.read.DefinitionReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The definitions that a job knows where it runs: those of its config, and those by which older instances go on.
 *
 * @param settings those of the config, but for what must stay as it was when the state began
 * @param forms of all of them, to be kept with each checkpoint
 */
public record KnownWorkflows(WorkflowBook book, HostSettings settings, List<byte[]> forms) {

    private static final Logger LOG = LoggerFactory.getLogger(KnownWorkflows.class);

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    public KnownWorkflows {
        forms = List.copyOf(forms);
    }

    /**
     * Reads them.
     *
     * @param kept {@link #forms} of an earlier checkpoint; nothing in a new job
     * @throws UnreadableException if what was kept cannot be read
     */
    public static KnownWorkflows of(Workflows config, List<byte[]> kept) throws UnreadableException {
        Set<DefinitionId> ids =
                config.definitions().stream().map(WorkflowFile::id).collect(Collectors.toSet());
        List<WorkflowSource> sources = new ArrayList<>();
        ShardCount.Kept told = ShardCount.among(kept, config.shards());
        int shards = told.shards().shards();
        if (shards != config.shards()) {
            LOG.warn(
                    "The config has spec.workflows.shards: {}; the state was begun with {}, which stays",
                    config.shards(),
                    shards);
        }
        for (byte[] form : told.definitions()) {
            WorkflowSource source = WorkflowSource.read(form);
            sources.add(source);
            DefinitionReader.id("", source.document().toString()).ifPresent(ids::add);
        }
        List<HostedDefinition> current = new ArrayList<>();
        for (WorkflowFile file : config.definitions()) {
            Map<String, JsonNode> resources = new LinkedHashMap<>();
            file.resources().forEach((endpoint, text) -> resources.put(endpoint, json(text)));
            Definition definition = DefinitionReader.again(json(file.document()), resources, ids);
            current.add(new HostedDefinition(definition, file.terms()));
        }
        List<HostedDefinition> older = new ArrayList<>();
        for (WorkflowSource source : sources) {
            older.add(new HostedDefinition(source.definition(ids), source.terms()));
        }
        WorkflowBook book = WorkflowBook.ofHosted(current, older);
        List<byte[]> forms = new ArrayList<>(List.of(told.shards().form()));
        for (Workflow workflow : book.all()) {
            forms.add(WorkflowSource.of(workflow.definition(), workflow.terms()).form());
            workflow.earlierTerms()
                    .forEach(terms -> forms.add(
                            WorkflowSource.of(workflow.definition(), terms).form()));
        }
        return new KnownWorkflows(book, config.hostSettings().withShards(shards), forms);
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what was written as JSON is JSON", e);
        }
    }
}
