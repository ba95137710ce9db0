package dev.weft.scale.cli;

import dev.weft.config.Checked;
import dev.weft.config.ClientProperty;
import dev.weft.config.Field;
import dev.weft.config.Fields;
import dev.weft.config.KafkaNames;
import dev.weft.config.Node;
import dev.weft.config.Problems;
import dev.weft.config.Scalar;
import dev.weft.config.SecretText;
import dev.weft.config.Sequence;
import dev.weft.config.Substitution;
import dev.weft.config.YamlReader;
import dev.weft.scale.cli.ScalerConfig.ClientTls;
import dev.weft.scale.cli.ScalerConfig.FlinkCluster;
import dev.weft.scale.cli.ScalerConfig.KafkaCluster;
import dev.weft.scale.cli.ScalerConfig.Login;
import dev.weft.scale.cli.ScalerConfig.StateTopic;
import dev.weft.scale.grpc.AllowList;
import dev.weft.scale.grpc.TlsFiles;
import dev.weft.scale.pods.KubernetesPods;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Reads the scaler's configuration: the whole {@link ScalerConfig}, or every mistake in the file at once. The grammar
 * is published as {@code job-configs/schema/scaler.v1.json}.
 */
public final class ScalerConfigReader {

    private static final String API_VERSION = "weft.dev/v1";
    private static final String KIND = "Scaler";

    private static final InetSocketAddress GRPC = new InetSocketAddress("0.0.0.0", 9090);
    private static final InetSocketAddress HTTP = new InetSocketAddress("0.0.0.0", 8080);
    private static final String STATE_TOPIC = "weft-scaler-state";
    private static final int LAST_PORT = 65_535;

    private static final String SERVERS = KafkaNames.SERVER + ", or a list of them";
    private static final String LISTEN = "host:port, such as 0.0.0.0:9090";
    private static final String PATH = "the path of a file, from the root";
    private static final String LABELS = "labels of its Pods, such as app=orders,component=taskmanager";
    private static final Pattern ADDRESS = Pattern.compile("(\\[[0-9a-fA-F:.%]+]|[A-Za-z0-9._-]+):(\\d{1,5})");
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");
    private static final Pattern SELECTOR =
            Pattern.compile("[A-Za-z0-9./_-]+=[A-Za-z0-9._-]*(?:,[A-Za-z0-9./_-]+=[A-Za-z0-9._-]*)*");

    /** Properties of Kafka clients that the scaler sets itself. */
    private static final Map<String, String> OWNED = Map.of(
            "bootstrap.servers", "bootstrapServers beside properties",
            "group.id", "none: the scaler joins no group",
            "enable.auto.commit", "none: the scaler commits no offset",
            "isolation.level", "none: the scaler asks for what it needs",
            "key.deserializer", "none: keys and values are kept as bytes",
            "value.deserializer", "none: keys and values are kept as bytes",
            "key.serializer", "none: keys and values are kept as bytes",
            "value.serializer", "none: keys and values are kept as bytes");

    private final Problems problems;

    private ScalerConfigReader(Problems problems) {
        this.problems = problems;
    }

    /**
     * Reads one file.
     *
     * @param file the name that problems give, as the person typed it
     * @param text YAML or JSON
     * @param environment where {@code ${NAME}} is looked up; secrets are not: they stay references
     */
    public static Checked<ScalerConfig> read(String file, String text, Map<String, String> environment) {
        Problems problems = new Problems();
        Optional<ScalerConfig> config = YamlReader.read(file, text, Substitution.from(environment), problems)
                .flatMap(new ScalerConfigReader(problems)::document);
        return Checked.of(problems, config::orElseThrow);
    }

    private Optional<ScalerConfig> document(Node root) {
        Fields document = Fields.of(root, problems);
        boolean ours = document.required("apiVersion").is(API_VERSION)
                & document.required("kind").is(KIND);
        if (!ours && document.has("apiVersion") && document.has("kind")) {
            return Optional.empty(); // another kind of file: what else it holds is not ours to judge
        }
        Optional<Fields> spec = document.required("spec").fields();
        document.close();
        return spec.map(this::spec);
    }

    private ScalerConfig spec(Fields spec) {
        Optional<Fields> listen = spec.optional("listen").fields();
        InetSocketAddress grpc =
                listen.flatMap(fields -> address(fields.optional("grpc"))).orElse(GRPC);
        InetSocketAddress http =
                listen.flatMap(fields -> address(fields.optional("http"))).orElse(HTTP);
        listen.ifPresent(Fields::close);
        Optional<TlsFiles> tls = spec.optional("tls").fields().flatMap(this::tls);
        Map<String, KafkaCluster> kafka = clusters(spec.required("kafka"), this::kafka);
        Map<String, FlinkCluster> flink = clusters(spec.optional("flink"), this::flink);
        Optional<StateTopic> state = spec.optional("state").fields().flatMap(fields -> state(fields, kafka.keySet()));
        AllowList allowed = new AllowList(spec.optional("scaledObjects")
                .texts(AllowList.EXPECTED)
                .map(this::names)
                .orElse(List.of()));
        spec.close();
        return new ScalerConfig(grpc, http, tls, kafka, flink, state, allowed);
    }

    private static Optional<InetSocketAddress> address(Field field) {
        return field.parsed(LISTEN, text -> {
            var form = ADDRESS.matcher(text);
            if (!form.matches() || Integer.parseInt(form.group(2)) > LAST_PORT) {
                return Optional.empty();
            }
            return Optional.of(new InetSocketAddress(form.group(1), Integer.parseInt(form.group(2))));
        });
    }

    private Optional<TlsFiles> tls(Fields fields) {
        Optional<Path> certificate = path(fields.required("certificate"));
        Optional<Path> key = path(fields.required("key"));
        Optional<Path> clientCa = path(fields.optional("clientCa"));
        fields.close();
        return certificate.flatMap(chain -> key.map(secret -> new TlsFiles(chain, secret, clientCa)));
    }

    private static Optional<Path> path(Field field) {
        return field.parsed(
                PATH,
                text -> text.startsWith("/") && !text.contains("\0") ? Optional.of(Path.of(text)) : Optional.empty());
    }

    /** Names with a cluster each; a name without a cluster is there too, so that who refers to it is not blamed. */
    private <T> Map<String, T> clusters(Field field, Function<Fields, Optional<T>> read) {
        Map<String, T> clusters = new LinkedHashMap<>();
        field.fields().ifPresent(fields -> {
            for (Map.Entry<String, Node> member : fields.members()) {
                String name = member.getKey();
                if (!NAME.matcher(name).matches()) {
                    problems.add(
                            fields.keyAt(name),
                            member.getValue().path(),
                            "the name \"" + name + "\"",
                            "lower-case letters, digits and hyphens, at most 63");
                }
                read.apply(Fields.of(member.getValue(), problems)).ifPresent(cluster -> clusters.put(name, cluster));
            }
            if (fields.members().isEmpty()) {
                problems.add(fields.node(), "an empty mapping", "names of clusters");
            }
        });
        return clusters;
    }

    private Optional<KafkaCluster> kafka(Fields fields) {
        Optional<String> servers =
                fields.required("bootstrapServers").node(SERVERS).flatMap(this::servers);
        Map<String, SecretText> properties =
                fields.optional("properties").fields().map(this::properties).orElse(Map.of());
        fields.close();
        return Optional.of(new KafkaCluster(servers.orElse(""), properties));
    }

    private Optional<String> servers(Node at) {
        List<Node> items = at instanceof Sequence sequence ? sequence.items() : List.of(at);
        List<String> servers = new ArrayList<>();
        for (Node item : items) {
            String text = item instanceof Scalar scalar && scalar.value() instanceof String ? scalar.text() : "";
            for (String server : text.split(",", -1)) {
                Optional<String> known = KafkaNames.server(server.strip());
                if (known.isPresent()) {
                    servers.add(known.get());
                } else if (!problems.concern(item)) {
                    problems.add(item, item.described(), SERVERS);
                }
            }
        }
        if (items.isEmpty()) {
            problems.add(at, at.described(), SERVERS);
        }
        return servers.isEmpty() ? Optional.empty() : Optional.of(String.join(",", servers));
    }

    private Map<String, SecretText> properties(Fields fields) {
        Map<String, SecretText> properties = new LinkedHashMap<>();
        for (Map.Entry<String, Node> member : fields.members()) {
            String key = member.getKey();
            Node value = member.getValue();
            if (OWNED.containsKey(key)) {
                problems.add(fields.keyAt(key), value.path(), "the property " + key, OWNED.getOrDefault(key, ""));
            } else {
                text(key, value).ifPresent(text -> properties.put(key, text));
            }
        }
        return properties;
    }

    /** A text that must not hold a secret if {@code key} says that it is one. */
    private Optional<SecretText> text(String key, Node value) {
        if (problems.concern(value)) {
            return Optional.empty();
        }
        if (!(value instanceof Scalar scalar) || scalar.value() == null) {
            problems.add(value, value.described(), "text, a number or a boolean");
            return Optional.empty();
        }
        var objection = ClientProperty.objection(key, scalar.text());
        objection.ifPresent(found -> problems.add(value, found.found(), found.expected()));
        return objection.isPresent() ? Optional.empty() : Optional.of(new SecretText(scalar.text()));
    }

    private Optional<FlinkCluster> flink(Fields fields) {
        Optional<URI> url = fields.required("url")
                .parsed("the address of a JobManager, such as http://jobmanager:8081", ScalerConfigReader::url);
        Optional<Login> login = fields.optional("auth").fields().flatMap(this::login);
        Optional<ClientTls> tls = fields.optional("tls").fields().flatMap(ScalerConfigReader::clientTls);
        Optional<KubernetesPods.Selection> pods =
                fields.optional("pods").fields().flatMap(ScalerConfigReader::pods);
        fields.close();
        return url.map(known -> new FlinkCluster(known, login, tls, pods));
    }

    private static Optional<KubernetesPods.Selection> pods(Fields fields) {
        Optional<String> selector = fields.required("selector")
                .parsed(
                        LABELS,
                        text -> Optional.of(text)
                                .filter(it -> SELECTOR.matcher(it).matches()));
        Optional<String> namespace = fields.optional("namespace")
                .parsed(
                        "the name of a namespace",
                        text -> Optional.of(text).filter(it -> NAME.matcher(it).matches()));
        fields.close();
        return selector.map(labels -> new KubernetesPods.Selection(namespace, labels));
    }

    private static Optional<ClientTls> clientTls(Fields fields) {
        boolean shows = fields.has("certificate") || fields.has("key");
        Optional<Path> ca = path(fields.required("ca"));
        Optional<Path> certificate = path(shows ? fields.required("certificate") : fields.optional("certificate"));
        Optional<Path> key = path(shows ? fields.required("key") : fields.optional("key"));
        fields.close();
        return ca.map(trusted -> new ClientTls(
                trusted, certificate.flatMap(chain -> key.map(secret -> new ClientTls.Identity(chain, secret)))));
    }

    private static Optional<URI> url(String text) {
        try {
            URI url = new URI(text.replaceFirst("/+$", ""));
            boolean right = ("http".equals(url.getScheme()) || "https".equals(url.getScheme()))
                    && url.getHost() != null
                    && url.getUserInfo() == null
                    && url.getQuery() == null
                    && url.getFragment() == null;
            return right ? Optional.of(url) : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    private Optional<Login> login(Fields fields) {
        boolean both = fields.has("basic") && fields.has("bearer");
        if (both || !(fields.has("basic") || fields.has("bearer"))) {
            problems.add(fields.node(), both ? "basic and bearer" : "neither basic nor bearer", "one of the two");
        }
        Optional<Login> basic = fields.optional("basic").fields().flatMap(this::basic);
        Optional<Login> bearer = fields.optional("bearer").fields().flatMap(this::bearer);
        fields.close();
        return basic.or(() -> bearer);
    }

    private Optional<Login> basic(Fields fields) {
        Optional<String> user = fields.required("user").text();
        Optional<SecretText> password = secret(fields.required("password"));
        fields.close();
        return user.flatMap(name -> password.map(word -> new Login.Basic(name, word)));
    }

    private Optional<Login> bearer(Fields fields) {
        Optional<SecretText> token = secret(fields.required("token"));
        fields.close();
        return token.map(Login.Bearer::new);
    }

    private Optional<SecretText> secret(Field field) {
        return field.node("a reference: ${env:NAME} or ${file:/path}").flatMap(node -> text("password", node));
    }

    private Optional<StateTopic> state(Fields fields, Set<String> kafka) {
        Optional<String> cluster = kafka.size() == 1 && !fields.has("cluster")
                ? Optional.of(kafka.iterator().next())
                : Optional.empty();
        Optional<String> named = (cluster.isPresent() ? fields.optional("cluster") : fields.required("cluster"))
                .node("the name of a Kafka cluster of this file")
                .flatMap(node -> known(node, kafka));
        Optional<String> topic = fields.optional("topic").parsed(KafkaNames.TOPIC, KafkaNames::topic);
        Optional<Integer> replication = fields.optional("replication").integer(1, 100);
        fields.close();
        return cluster.or(() -> named)
                .map(at -> new StateTopic(at, topic.orElse(STATE_TOPIC), replication.map(Integer::shortValue)));
    }

    private Optional<String> known(Node node, Set<String> kafka) {
        String name = node instanceof Scalar scalar ? scalar.text() : "";
        if (kafka.contains(name)) {
            return Optional.of(name);
        }
        problems.addUnknown(node, "Kafka cluster", name, kafka);
        return Optional.empty();
    }

    private List<AllowList.Names> names(List<Scalar> texts) {
        List<AllowList.Names> names = new ArrayList<>();
        for (Scalar text : texts) {
            AllowList.Names.parse(text.text())
                    .ifPresentOrElse(names::add, () -> problems.add(text, text.described(), AllowList.EXPECTED));
        }
        return names;
    }
}
