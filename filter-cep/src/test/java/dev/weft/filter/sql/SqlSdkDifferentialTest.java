package dev.weft.filter.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.filter.Events;
import io.cloudevents.CloudEvent;
import java.io.File;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Random expressions about random events, answered by us and by the SDK of the CloudEvents project.
 * {@code -Dweft.seed=N} tries other cases than the usual, {@code -Dweft.fuzz=N} so many expressions instead of 4,000.
 */
class SqlSdkDifferentialTest {

    private static final int EVENTS = 5;

    @Test
    void answersAsTheSdkDoes() throws Exception {
        long seed = Long.getLong("weft.seed", 20261121);
        int expressions = Integer.getInteger("weft.fuzz", 4_000);
        System.out.println("CESQL differential test: seed " + seed + ", " + expressions + " expressions");
        Random random = new Random(seed);
        Sdk sdk = new Sdk();
        RandomSql sql = new RandomSql(random);
        Map<String, Integer> tally = new TreeMap<>();
        for (int i = 0; i < expressions; i++) {
            String text = random.nextBoolean() ? sql.filter() : sql.expression();
            SqlExpression ours = SqlExpression.parse(text);
            Object theirs = sdk.parse(text);
            assertThat(SqlExpression.parse(ours.toString())).as(text).isEqualTo(ours);
            for (int j = 0; j < EVENTS; j++) {
                Map<String, String> attributes = attributes(random);
                String expected = sdk.answer(theirs, attributes);
                String answer = ours(ours, attributes);
                String difference = answer.equals(expected) ? "" : difference(text, answer, expected);
                tally.merge(difference.isEmpty() ? "same " + kind(answer) : difference, 1, Integer::sum);
                if (difference.equals("unknown")) {
                    System.out.println(
                            "DIFF " + text + " | " + attributes + " | ours " + answer + " | theirs " + expected);
                }
            }
        }
        System.out.println(tally);
        assertThat(tally).doesNotContainKey("unknown");
        int answers = expressions * EVENTS;
        assertThat(tally.getOrDefault("same value", 0)).as("values").isGreaterThan(answers / 3);
        assertThat(tally.getOrDefault("same error", 0)).as("failures").isGreaterThan(answers / 4);
    }

    private static String kind(String answer) {
        return answer.startsWith("error") ? "error" : "value";
    }

    /** Names the difference, as {@code docs/filter-language.md} describes ours. */
    private static String difference(String text, String ours, String theirs) {
        boolean oursFails = ours.startsWith("error");
        boolean theirsFails = theirs.startsWith("error");
        if (oursFails && theirsFails) {
            return "same error, of several another first";
        }
        if (oursFails && text.contains(" IN (")) {
            return "theirs asks no member of IN behind an equal one";
        }
        if (ours.equals("error MATH")) {
            return "theirs wraps around beyond 32 bits";
        }
        return theirsFails && text.contains("SUBSTRING(")
                ? "theirs adds the arguments of SUBSTRING beyond 32 bits"
                : "unknown";
    }

    private static String ours(SqlExpression expression, Map<String, String> attributes) {
        Object value = expression.evaluate(attributes::get);
        return value instanceof Failure failure
                ? "error " + failure.kind()
                : value.getClass().getSimpleName() + " " + value;
    }

    /**
     * The SDK apart from everything else: it needs another ANTLR than the library for CEL does. The build puts its jars
     * into a folder.
     */
    private static final class Sdk implements AutoCloseable {
        private final URLClassLoader loader;
        private final Method parse;
        private final Method evaluate;
        private final Object runtime;

        Sdk() throws Exception {
            File[] jars = new File("target/cesql-sdk").listFiles();
            assertThat(jars).as("jars of the SDK, which the build copies").hasSize(2);
            List<URL> urls = new ArrayList<>();
            for (File jar : jars) {
                urls.add(jar.toURI().toURL());
            }
            loader = new Apart(urls.toArray(URL[]::new), SqlSdkDifferentialTest.class.getClassLoader());
            Class<?> runtimes = loader.loadClass("io.cloudevents.sql.EvaluationRuntime");
            runtime = runtimes.getMethod("getDefault").invoke(null);
            parse = loader.loadClass("io.cloudevents.sql.Parser").getMethod("parseDefault", String.class);
            evaluate = loader.loadClass("io.cloudevents.sql.Expression")
                    .getMethod("tryEvaluate", runtimes, CloudEvent.class);
        }

        Object parse(String expression) throws Exception {
            return parse.invoke(null, expression);
        }

        String answer(Object expression, Map<String, String> attributes) throws Exception {
            try {
                Object value = evaluate.invoke(expression, runtime, Events.withAttributes(attributes));
                return value.getClass().getSimpleName() + " " + value;
            } catch (InvocationTargetException e) {
                Object kind =
                        e.getTargetException().getClass().getMethod("getKind").invoke(e.getTargetException());
                return "error " + kind;
            }
        }

        @Override
        public void close() throws Exception {
            loader.close();
        }
    }

    /** Looks for the SDK and its ANTLR here first, and for all else where everybody does. */
    private static final class Apart extends URLClassLoader {

        Apart(URL[] jars, ClassLoader parent) {
            super(jars, parent);
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            synchronized (getClassLoadingLock(name)) {
                if (!name.startsWith("io.cloudevents.sql.") && !name.startsWith("org.antlr.")) {
                    return super.loadClass(name, resolve);
                }
                Class<?> loaded = findLoadedClass(name);
                return loaded == null ? findClass(name) : loaded;
            }
        }
    }

    private static Map<String, String> attributes(Random random) {
        Map<String, String> attributes = new LinkedHashMap<>();
        for (String name : RandomSql.ATTRIBUTES) {
            String value = RandomSql.TEXTS.get(random.nextInt(RandomSql.TEXTS.size()));
            if (name.equals("type") || (random.nextInt(4) > 0 && !value.isEmpty())) {
                attributes.put(name, value.isEmpty() ? "a" : value);
            }
        }
        return attributes;
    }
}
