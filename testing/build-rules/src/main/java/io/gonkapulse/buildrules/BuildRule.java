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

/** What the compiler cannot see. Every rule says in its reason what to do instead. */
enum BuildRule {
    MODULES_FOLLOW_MODULE_MAP(classes()
            .should(ModuleMap.useOnlyModulesOnTheMap())
            .because("services meet only in Kafka and in the database; ModuleMap says who may use whom")),

    PACKAGES_HAVE_NO_CYCLES(slices().matching("io.gonkapulse.(**)")
            .should()
            .beFreeOfCycles()
            .because("two packages that need each other are one feature, or hide a third")),

    CONTRACTS_USE_NO_FRAMEWORK(noClasses()
            .that()
            .resideInAPackage("io.gonkapulse.contracts..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.springframework..", "org.apache.kafka..")
            .because("whoever reads or writes our messages must need nothing but a JSON parser")),

    KAFKA_ONLY_IN_ADAPTERS(noClasses()
            .that(resideInAnyPackage(
                            "io.gonkapulse.trackerpoller..",
                            "io.gonkapulse.statswriter..",
                            "io.gonkapulse.earningsaggregator..",
                            "io.gonkapulse.apigateway..",
                            "io.gonkapulse.migrations..")
                    .and(not(nameMatching(".*(Listener|Publisher|Consumer|Configuration|Test)(\\$.*)?"))))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.kafka..", "org.springframework.kafka..")
            .because("a …Listener takes records in, a …Publisher sends them, a …Configuration wires them; "
                    + "what stands behind them is tested without a broker")),

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
            .because("a class that can be built without its parts hides what it needs; use the constructor")),

    TIME_IS_INJECTED(noClasses()
            .should()
            .accessTargetWhere(call("java\\.time\\.\\w+", "now")
                    .and(describe("without a clock", BuildRule::hasNoClockParameter))
                    .or(call("java\\.lang\\.System", "currentTimeMillis"))
                    .or(call("java\\.util\\.(Date|GregorianCalendar)", "<init>")
                            .and(describe("without arguments", BuildRule::hasNoParameter))))
            .because("time comes from an injected InstantSource, so that tests own it")),

    SYSTEM_CLOCK_ONLY_IN_MAIN(
            noClasses()
                    .that(not(nameMatching(".*(Main|Configuration|Test)(\\$.*)?")))
                    .should()
                    .accessTargetWhere(call("java\\.time\\.(InstantSource|Clock)", "(system|tick).*"))
                    .because(
                            "only a program's …Main or …Configuration, or a …Test of real servers, says that time is the machine's")),

    NO_SLEEP(noClasses()
            .should()
            .accessTargetWhere(call("java\\.lang\\.Thread|java\\.util\\.concurrent\\.TimeUnit", "sleep"))
            .because("a sleep guesses; wait for the condition itself, or let the container back off")),

    NO_MEANINGLESS_NAMES(noClasses()
            .that()
            .areTopLevelClasses()
            .should()
            .haveNameMatching(".*\\.(Abstract\\w+|\\w+(Manager|Helpers?|Utils?|Impl|Base))")
            .because("such a name says nothing; name the thing and its role")),

    JSON_IS_JACKSON_3(noClasses()
            .should()
            .dependOnClassesThat(resideInAnyPackage("com.fasterxml.jackson..")
                    .and(not(resideInAnyPackage("com.fasterxml.jackson.annotation.."))))
            .because("Jackson 2 is on some class paths by accident; ours is tools.jackson")),

    NO_DISABLED_TEST(methods()
            .should()
            .notBeAnnotatedWith("org.junit.jupiter.api.Disabled")
            .because("a test that does not run asserts nothing; mend it or delete it")),

    NO_DISABLED_TEST_CLASS(classes()
            .should()
            .notBeAnnotatedWith("org.junit.jupiter.api.Disabled")
            .because("a test that does not run asserts nothing; mend it or delete it"));

    @SuppressWarnings("ImmutableEnumChecker") // immutable, but not annotated so
    private final ArchRule rule;

    BuildRule(ArchRule rule) {
        // Most rules speak of things that most modules do not have.
        this.rule = rule.allowEmptyShould(true);
    }

    void check(JavaClasses classes) {
        rule.check(classes);
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
