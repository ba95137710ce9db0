package dev.weft.job;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.lang.SimpleConditionEvent.satisfied;
import static com.tngtech.archunit.lang.SimpleConditionEvent.violated;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.all;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noCodeUnits;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.AbstractClassesTransformer;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ClassesTransformer;
import com.tngtech.archunit.lang.ConditionEvents;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;

/** The shape of the code, for every module that is released. */
@AnalyzeClasses(
        packages = "dev.weft",
        importOptions = {DoNotIncludeTests.class, ArchitectureTest.ReleasedOnly.class})
class ArchitectureTest {

    /** Events flow from left to right, imports point from right to left. */
    private static final List<String> ORDER =
            List.of("event", "config", "http", "delivery", "filter", "route", "cep", "function", "workflow", "job");

    private static final String SDK = "org.apache.flink.statefun.";

    private static final String[] EDGES = {
        "dev.weft.job.cli..", // a person waits there, and samples carry the time of day
        "dev.weft.job.cluster..", // waits for a cluster on the other end of a wire
        "dev.weft.local..", // waits for servers of this machine to start and stop
        "dev.weft.scale.cli..", // where the scaler gets its clock from
        "dev.weft.scale.grpc..", // measures its calls
        "dev.weft.scale.kafka..", // waits for a broker
        "dev.weft.scale.rest.." // waits for a JobManager
    };

    @ArchTest
    static final ArchRule onlyFlinkPackagesKnowFlink = noClasses()
            .that()
            .resideOutsideOfPackage("..flink..")
            .should()
            .dependOnClassesThat(describe(
                    "are the engine's",
                    used -> used.getPackageName().startsWith("org.apache.flink.")
                            && !used.getPackageName().startsWith(SDK)))
            .because("decisions are plain Java; only the ..flink.. shells touch the engine");

    @ArchTest
    static final ArchRule onlyFunctionsInTheJvmKnowTheirSdk = noClasses()
            .that()
            .resideOutsideOfPackage("dev.weft.function.jvm..")
            .should()
            .dependOnClassesThat(
                    describe("are the SDK's", used -> used.getPackageName().startsWith(SDK)))
            .because("the SDK is for those who write functions; whoever else calls them speaks of effects");

    @ArchTest
    static final ArchRule packagesAreFreeOfCycles =
            slices().matching("dev.weft.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule theLocalMeshKnowsNoOtherPartOfWeft = noClasses()
            .that()
            .resideInAPackage("dev.weft.local..")
            .should()
            .dependOnClassesThat(describe(
                    "are another part of Weft",
                    used -> used.getPackageName().startsWith("dev.weft.")
                            && !used.getPackageName().startsWith("dev.weft.local")));

    @ArchTest
    static final ArchRule theScalerStandsApart = noClasses()
            .that()
            .resideInAPackage("dev.weft.scale..")
            .should()
            .dependOnClassesThat(describe(
                    "are another part of Weft than event and config",
                    used -> used.getPackageName().startsWith("dev.weft.")
                            && !used.getPackageName().startsWith("dev.weft.scale")
                            && !used.getPackageName().startsWith("dev.weft.event")
                            && !used.getPackageName().startsWith("dev.weft.config")));

    @ArchTest
    static final ArchRule decisionsOfTheScalerArePure = noClasses()
            .that()
            .resideInAnyPackage("dev.weft.scale", "dev.weft.scale.lag")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.weft.scale.control..",
                    "dev.weft.scale.grpc..",
                    "dev.weft.scale.http..",
                    "dev.weft.scale.kafka..",
                    "dev.weft.scale.pods..",
                    "dev.weft.scale.rest..",
                    "dev.weft.scale.cli..",
                    "dev.weft.scale.simulator..",
                    "org.apache.kafka.clients..",
                    "io.grpc..")
            .because("the simulator and the tests drive what is shipped");

    @ArchTest
    static final ArchRule onlyTheCommandLineKnowsTheLocalMesh = noClasses()
            .that()
            .resideOutsideOfPackages("dev.weft.job.cli..", "dev.weft.local..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.weft.local..")
            .because("the job jar leaves it out");

    @ArchTest
    static final ArchRule theJobDoesNotKnowWhoStartsIt = noClasses()
            .that()
            .resideOutsideOfPackages(
                    "dev.weft.job.cli..",
                    "dev.weft.job.cluster..",
                    "dev.weft.job.graph..",
                    "dev.weft.job.imports..",
                    "dev.weft.job.k8s..",
                    "dev.weft.scale..") // no part of the job
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.weft.job.cli..",
                    "dev.weft.job.cluster..",
                    "dev.weft.job.graph..",
                    "dev.weft.job.imports..",
                    "dev.weft.job.k8s..",
                    "picocli..")
            .because("the job jar leaves them out");

    @ArchTest
    static final ArchRule namesSayWhatAClassIs = noClasses()
            .should()
            .haveNameMatching(".*(Utils?|Utilities|Helpers?|(?<!Task|Job)Managers?|Impl)")
            .because("such a name fits any class, so it says nothing of this one; Flink's TaskManagers are called so");

    @ArchTest
    static final ArchRule onlyTheEdgesKnowTheTimeOfDay = noClasses()
            .that()
            .resideOutsideOfPackages(EDGES)
            .should()
            .accessTargetWhere(describe("reads a clock", ArchitectureTest::readsAClock))
            .because("time is an argument, so that a test can choose it");

    @ArchTest
    static final ArchRule onlyTheCommandLineEndsTheProcess = noCodeUnits()
            .that(are(not(name("main"))))
            .and()
            .areDeclaredInClassesThat()
            .resideOutsideOfPackage("dev.weft.job.cli..")
            .should(endTheProcess())
            .because("whoever calls this code may have other work to finish");

    @ArchTest
    static final ArchRule everyPackageIsNullMarked = all(packages()).should(beNullMarked());

    @ArchTest
    static void packagesImportOnlyWhatComesBeforeThem(JavaClasses weft) {
        for (int i = 0; i < ORDER.size() - 1; i++) {
            String[] later = ORDER.subList(i + 1, ORDER.size()).stream()
                    .map(name -> "dev.weft." + name + "..")
                    .toArray(String[]::new);
            noClasses()
                    .that()
                    .resideInAPackage("dev.weft." + ORDER.get(i) + "..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(later)
                    .because("the order of packages is " + String.join(" -> ", ORDER))
                    .allowEmptyShould(true) // of a package that is planned and not written yet
                    .check(weft);
        }
    }

    private static boolean readsAClock(JavaAccess<?> access) {
        String owner = access.getTargetOwner().getName();
        String method = access.getName();
        return switch (owner) {
            case "java.lang.System" -> method.equals("currentTimeMillis") || method.equals("nanoTime");
            case "java.time.Clock" -> method.startsWith("system") || method.startsWith("tick");
            default -> owner.startsWith("java.time.") && method.equals("now");
        };
    }

    private static ArchCondition<JavaCodeUnit> endTheProcess() {
        return new ArchCondition<>("end the process") {
            @Override
            public void check(JavaCodeUnit unit, ConditionEvents events) {
                unit.getAccessesFromSelf().stream()
                        .filter(access -> access.getTargetOwner().isEquivalentTo(System.class))
                        .filter(access -> access.getName().equals("exit"))
                        .forEach(access -> events.add(satisfied(unit, access.getDescription())));
            }
        };
    }

    private static ClassesTransformer<JavaPackage> packages() {
        return new AbstractClassesTransformer<>("packages") {
            @Override
            public Set<JavaPackage> doTransform(JavaClasses classes) {
                return classes.stream().map(each -> each.getPackage()).collect(Collectors.toSet());
            }
        };
    }

    private static ArchCondition<JavaPackage> beNullMarked() {
        return new ArchCondition<>("be @NullMarked by their package-info") {
            @Override
            public void check(JavaPackage each, ConditionEvents events) {
                if (!each.isAnnotatedWith(NullMarked.class)) {
                    events.add(violated(each, each.getName() + " is not"));
                }
            }
        };
    }

    /** Leaves out what only tests use. */
    static final class ReleasedOnly implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return !location.contains("/dev/weft/testkit/") && !location.contains("weft-mesh-testkit");
        }
    }
}
