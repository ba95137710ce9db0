package dev.weft.job.k8s;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * What an API server would say to a manifest: a kind, a field or a type it does not know is a mistake. Kubernetes' own
 * objects are read by the classes that fabric8 makes of its API, the others by extracts of their CRDs' schemas.
 */
public final class ObjectModels {

    private static final Map<String, Class<?>> OWN = Map.of(
            "v1 ConfigMap", ConfigMap.class,
            "v1 PersistentVolumeClaim", PersistentVolumeClaim.class,
            "v1 Service", Service.class,
            "v1 ServiceAccount", ServiceAccount.class,
            "apps/v1 Deployment", Deployment.class,
            "networking.k8s.io/v1 NetworkPolicy", NetworkPolicy.class,
            "policy/v1 PodDisruptionBudget", PodDisruptionBudget.class,
            "rbac.authorization.k8s.io/v1 Role", Role.class,
            "rbac.authorization.k8s.io/v1 RoleBinding", RoleBinding.class);

    private static final Map<String, Schema> EXTRACTS = Map.of(
            "keda.sh/v1alpha1 ScaledObject", schema("scaled-object"),
            "keda.sh/v1alpha1 TriggerAuthentication", schema("trigger-authentication"),
            "flink.apache.org/v1beta1 FlinkDeployment", schema("flink-deployment"));

    private static final ObjectMapper STRICT = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .annotationIntrospector(new JacksonAnnotationIntrospector() {
                private static final long serialVersionUID = 1L;

                /** The classes would keep what they do not know in a map beside. */
                @Override
                public Boolean hasAnySetter(Annotated annotated) {
                    return false;
                }
            })
            .withCoercionConfig(
                    LogicalType.Textual,
                    config -> config.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
            .withCoercionConfig(
                    LogicalType.Integer, config -> config.setCoercion(CoercionInputShape.String, CoercionAction.Fail))
            .withCoercionConfig(
                    LogicalType.Boolean, config -> config.setCoercion(CoercionInputShape.String, CoercionAction.Fail))
            .build();

    private ObjectModels() {}

    /** Returns what is wrong with the manifest, nothing if nothing is. */
    public static List<String> mistakes(Manifest manifest) {
        String type = manifest.object().path("apiVersion").asText() + " " + manifest.kind();
        if (OWN.containsKey(type)) {
            return read(manifest, manifest.object(), OWN.get(type));
        }
        if (!EXTRACTS.containsKey(type)) {
            return List.of(manifest + ": no API server knows " + type);
        }
        Stream<String> unlikeTheSchema =
                EXTRACTS.get(type).validate(manifest.object().toString(), InputFormat.JSON).stream()
                        .map(error -> manifest + ": " + error);
        Stream<String> inPods =
                manifest.podTemplates().flatMap(template -> read(manifest, template, PodTemplateSpec.class).stream());
        return Stream.concat(unlikeTheSchema, inPods).toList();
    }

    private static List<String> read(Manifest manifest, JsonNode json, Class<?> type) {
        try {
            var unused = STRICT.readValue(json.toString(), type);
            return List.of();
        } catch (JsonProcessingException e) {
            return List.of(manifest + ": " + e.getMessage());
        }
    }

    private static Schema schema(String name) {
        try (InputStream file =
                Objects.requireNonNull(ObjectModels.class.getResourceAsStream(name + ".schema.json"), name)) {
            return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(file, InputFormat.JSON);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
