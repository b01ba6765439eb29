package io.gonkapulse.buildrules;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.EvaluationResult;

/** Build rules beyond the compiler. The reason of each rule says what to do instead. */
enum BuildRule {
    MODULES_FOLLOW_MODULE_MAP(
            classes()
                    .should(ModuleMap.useOnlyModulesOnTheMap())
                    .because(
                            "services communicate through Kafka and the database only; ModuleMap lists the allowed dependencies")),

    PACKAGES_HAVE_NO_CYCLES(
            slices().matching("io.gonkapulse.(**)")
                    .should()
                    .beFreeOfCycles()
                    .because(
                            "two packages that depend on each other are one feature, or contain a third; merge them or extract it")),

    CONTRACTS_USE_NO_FRAMEWORK(noClasses()
            .that()
            .resideInAPackage("io.gonkapulse.contracts..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.springframework..", "org.apache.kafka..")
            .because("readers and writers of our messages must need a JSON parser only")),

    KAFKA_ONLY_IN_ADAPTERS(
            Scope.MAIN,
            noClasses()
                    .that(resideInAnyPackage(
                                    "io.gonkapulse.trackerpoller..",
                                    "io.gonkapulse.statswriter..",
                                    "io.gonkapulse.earningsaggregator..",
                                    "io.gonkapulse.apigateway..",
                                    "io.gonkapulse.jobreporter..",
                                    "io.gonkapulse.migrations..")
                            .and(not(resideInAnyPackage(
                                    "..consumer..",
                                    "..publishing..",
                                    "..assignment..",
                                    "..replay..",
                                    "..deadletter..")))
                            .and(not(nameMatching(".*Configuration(\\$.*)?"))))
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("org.apache.kafka..", "org.springframework.kafka..")
                    .because("code behind the packages that talk to Kafka must be testable without a broker")),

    SETTINGS_ARE_TYPED(noFields()
            .should()
            .beAnnotatedWith("org.springframework.beans.factory.annotation.Value")
            .because("a setting belongs in the module's one validated …Properties record")),

    PARAMETER_SETTINGS_ARE_TYPED(classes()
            .should(ParameterConditions.notBeAnnotatedWith("org.springframework.beans.factory.annotation.Value"))
            .because("a setting belongs in the module's one validated …Properties record")),

    NO_FIELD_INJECTION(noFields()
            .should()
            .beAnnotatedWith("org.springframework.beans.factory.annotation.Autowired")
            .orShould()
            .beAnnotatedWith("jakarta.inject.Inject")
            .orShould()
            .beAnnotatedWith("jakarta.annotation.Resource")
            .because("field injection hides what a class needs; use the constructor")),

    TIME_IS_INJECTED(noClasses()
            .should()
            .accessTargetWhere(call("java\\.time\\.\\w+", "now")
                    .and(describe("without a clock", BuildRule::hasNoClockParameter))
                    .or(call("java\\.lang\\.System", "currentTimeMillis"))
                    .or(call("java\\.util\\.(Date|GregorianCalendar)", "<init>")
                            .and(describe("without arguments", BuildRule::hasNoParameter))))
            .because("time comes from an injected InstantSource, so that tests control it")),

    SYSTEM_CLOCK_ONLY_IN_MAIN(noClasses()
            .that(not(nameMatching(".*(Main|Configuration|Test)(\\$.*)?")))
            .should()
            .accessTargetWhere(call("java\\.time\\.(InstantSource|Clock)", "(system|tick).*"))
            .because("only a program's …Main or …Configuration, or a …Test of real servers, selects the system clock")),

    NO_SLEEP(noClasses()
            .should()
            .accessTargetWhere(call("java\\.lang\\.Thread|java\\.util\\.concurrent\\.TimeUnit", "sleep"))
            .because("a sleep guesses a duration; wait for the condition, or let the container back off")),

    TESTS_DO_NOT_PARK(
            Scope.TESTS,
            noClasses()
                    .should()
                    .accessTargetWhere(call("java\\.util\\.concurrent\\.locks\\.LockSupport", "park.*"))
                    .because("a pause guesses a duration; await the condition with a bound")),

    ONLY_MAIN_PRINTS_IN_TESTS(
            Scope.TESTS,
            noClasses()
                    .that(not(nameMatching(".*Main(\\$.*)?")))
                    .should()
                    .accessTargetWhere(call("java\\.lang\\.System", "out|err"))
                    .because(
                            "nobody reads the output of a test; assert it, or write a measurement to a file in target")),

    NO_MEANINGLESS_NAMES(noClasses()
            .that()
            .areTopLevelClasses()
            .should()
            .haveNameMatching(".*\\.(Abstract\\w+|\\w+(Manager|Helpers?|Utils?|Impl|Base))")
            .because("such a name has no meaning; name the thing and its role")),

    PUBLIC_CLASSES_END_IN_ROLE(
            Scope.MAIN,
            classes()
                    .that()
                    .arePublic()
                    .and()
                    .areTopLevelClasses()
                    .and()
                    .areNotInterfaces()
                    .and()
                    .areNotRecords()
                    .and()
                    .areNotEnums()
                    .and()
                    .areNotAssignableTo(Throwable.class)
                    .and()
                    .resideOutsideOfPackage("..jmh_generated..")
                    .should()
                    .haveNameMatching(".*\\.\\w*(" + String.join("|", NameRoles.ALL) + ")")
                    .because("a name is thing and role; the roles are in NameRoles, the entities in docs/glossary.md")),

    JSON_IS_JACKSON_3(noClasses()
            .should()
            .dependOnClassesThat(resideInAnyPackage("com.fasterxml.jackson..")
                    .and(not(resideInAnyPackage("com.fasterxml.jackson.annotation.."))))
            .because("Jackson 2 is on some class paths transitively; use tools.jackson")),

    NO_DISABLED_TEST(methods()
            .should()
            .notBeAnnotatedWith("org.junit.jupiter.api.Disabled")
            .because("a disabled test asserts nothing; fix it or delete it")),

    NO_DISABLED_TEST_CLASS(classes()
            .should()
            .notBeAnnotatedWith("org.junit.jupiter.api.Disabled")
            .because("a disabled test asserts nothing; fix it or delete it"));

    private enum Scope {
        MAIN,
        TESTS,
        MAIN_AND_TESTS
    }

    private final Scope scope;

    @SuppressWarnings("ImmutableEnumChecker") // immutable, but not annotated as such
    private final ArchRule rule;

    BuildRule(ArchRule rule) {
        this(Scope.MAIN_AND_TESTS, rule);
    }

    BuildRule(Scope scope, ArchRule rule) {
        this.scope = scope;
        // Most rules match no class in most modules.
        this.rule = rule.allowEmptyShould(true);
    }

    /** Checks the classes that the rule is about. */
    void check(JavaClasses classes) {
        rule.check(
                switch (scope) {
                    case MAIN -> classes.that(not(describe("of tests", ModuleMap::isOfTests)));
                    case TESTS -> classes.that(describe("of tests", ModuleMap::isOfTests));
                    case MAIN_AND_TESTS -> classes;
                });
    }

    EvaluationResult evaluate(JavaClasses classes) {
        return rule.evaluate(classes);
    }

    private static DescribedPredicate<JavaAccess<?>> call(String owners, String names) {
        return describe(
                owners + "." + names,
                access -> access.getTargetOwner().getName().matches(owners)
                        && access.getName().matches(names));
    }

    private static boolean hasNoClockParameter(JavaAccess<?> access) {
        return access.getTarget() instanceof CodeUnitAccessTarget target
                && target.getRawParameterTypes().stream()
                        .noneMatch(type -> type.getName().equals("java.time.Clock"));
    }

    private static boolean hasNoParameter(JavaAccess<?> access) {
        return access.getTarget() instanceof CodeUnitAccessTarget target
                && target.getRawParameterTypes().isEmpty();
    }
}
