package io.gonkapulse.buildrules;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The allowed dependencies between modules. A module is the package below {@code io.gonkapulse}. No service may
 * depend on another: services communicate through Kafka and the database only.
 */
final class ModuleMap {

    private static final String ROOT = "io.gonkapulse.";

    /** Tests of every module may start real servers, apply the real schema, use the simulated network and report jobs. */
    private static final Set<String> FOR_TESTS =
            Set.of("testkit", "localservers", "networksimulator", "migrations", "jobreporter");

    private static final Map<String, Set<String>> MAY_USE = Map.ofEntries(
            Map.entry("buildrules", Set.of()),
            Map.entry("contracts", Set.of()),
            Map.entry("servicekit", Set.of("contracts", "jobreporter")),
            Map.entry("workercore", Set.of("contracts", "servicekit")),
            Map.entry("jobreporter", Set.of("contracts")),
            Map.entry("migrations", Set.of("servicekit")),
            Map.entry("trackerpoller", Set.of("contracts", "servicekit")),
            Map.entry("statswriter", Set.of("contracts", "servicekit", "workercore")),
            Map.entry("earningsaggregator", Set.of("contracts", "servicekit", "workercore")),
            Map.entry("apigateway", Set.of("contracts", "servicekit")),
            Map.entry("jobrecorder", Set.of("contracts", "servicekit", "workercore")),
            Map.entry("localservers", Set.of()),
            Map.entry("networksimulator", Set.of("contracts")),
            Map.entry("testkit", Set.of("contracts", "localservers")),
            Map.entry("deploy", Set.of("contracts")),
            Map.entry("apiclients", Set.of("apigateway")),
            Map.entry(
                    "chaos",
                    Set.of(
                            "contracts",
                            "servicekit",
                            "trackerpoller",
                            "statswriter",
                            "earningsaggregator",
                            "jobrecorder",
                            "jobreporter",
                            "apigateway")),
            Map.entry(
                    "quickstart",
                    Set.of(
                            "contracts",
                            "servicekit",
                            "localservers",
                            "networksimulator",
                            "workercore",
                            "migrations",
                            "trackerpoller",
                            "statswriter",
                            "earningsaggregator",
                            "jobrecorder",
                            "jobreporter",
                            "apigateway")),
            Map.entry(
                    "benchmarks",
                    Set.of(
                            "contracts",
                            "servicekit",
                            "localservers",
                            "networksimulator",
                            "testkit",
                            "workercore",
                            "migrations",
                            "trackerpoller",
                            "statswriter",
                            "earningsaggregator",
                            "jobrecorder",
                            "jobreporter",
                            "apigateway")));

    private ModuleMap() {}

    static ArchCondition<JavaClass> useOnlyModulesOnTheMap() {
        return new ArchCondition<>("use only the modules that the map allows") {
            @Override
            public void check(JavaClass origin, ConditionEvents events) {
                moduleOf(origin)
                        .ifPresent(module -> origin.getDirectDependenciesFromSelf().stream()
                                .filter(dependency ->
                                        !isAllowed(module, dependency) && !isAllowedForTests(origin, dependency))
                                .forEach(dependency -> events.add(SimpleConditionEvent.violated(
                                        origin, module + " may not use this: " + dependency.getDescription()))));
            }
        };
    }

    private static boolean isAllowed(String module, Dependency dependency) {
        return moduleOf(dependency.getTargetClass())
                .map(target -> target.equals(module)
                        || MAY_USE.getOrDefault(module, Set.of()).contains(target))
                .orElse(true);
    }

    private static boolean isAllowedForTests(JavaClass origin, Dependency dependency) {
        return isOfTests(origin)
                && moduleOf(dependency.getTargetClass())
                        .filter(FOR_TESTS::contains)
                        .isPresent();
    }

    /** Maven compiles test sources to {@code test-classes}. */
    static boolean isOfTests(JavaClass type) {
        return type.getSource()
                .filter(source -> source.getUri().getPath().contains("/test-classes/"))
                .isPresent();
    }

    /** Empty for classes that are not ours. */
    private static Optional<String> moduleOf(JavaClass type) {
        String name = type.getPackageName() + ".";
        return name.startsWith(ROOT)
                ? Optional.of(name.substring(ROOT.length(), name.indexOf('.', ROOT.length())))
                : Optional.empty();
    }
}
