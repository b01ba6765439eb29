package io.gonkapulse.buildrules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Each rule finds its own violation among classes that violate all other rules too. */
class BuildRuleTest {

    private static final JavaClasses OFFENDERS = new ClassFileImporter()
            .importPackages(
                    "io.gonkapulse.statswriter",
                    "io.gonkapulse.apigateway",
                    "io.gonkapulse.contracts",
                    "io.gonkapulse.buildrules.cycle");

    static Stream<Arguments> violations() {
        return Stream.of(
                arguments(BuildRule.MODULES_FOLLOW_MODULE_MAP, List.of("UsesAnotherService")),
                arguments(BuildRule.PACKAGES_HAVE_NO_CYCLES, List.of("cycle.one.One", "cycle.two.Two")),
                arguments(BuildRule.CONTRACTS_USE_NO_FRAMEWORK, List.of("KnowsKafka")),
                arguments(BuildRule.KAFKA_ONLY_IN_ADAPTERS, List.of("StatsMerger")),
                arguments(BuildRule.SETTINGS_ARE_TYPED, List.of("Settings.ttl")),
                arguments(BuildRule.PARAMETER_SETTINGS_ARE_TYPED, List.of("ParameterSettings.from")),
                arguments(BuildRule.NO_FIELD_INJECTION, List.of("Settings.injected")),
                arguments(
                        BuildRule.TIME_IS_INJECTED,
                        List.of(
                                "WallClock.now",
                                "WallClock.millis",
                                "WallClock.today",
                                "WallClock.date",
                                "references method <java.time.Instant.now()>")),
                arguments(BuildRule.SYSTEM_CLOCK_ONLY_IN_MAIN, List.of("WallClock.<init>")),
                arguments(BuildRule.NO_SLEEP, List.of("Sleeper.pause")),
                arguments(BuildRule.TESTS_DO_NOT_PARK, List.of("Sleeper.park")),
                arguments(BuildRule.ONLY_MAIN_PRINTS_IN_TESTS, List.of("Chatterbox.print", "Chatterbox.complain")),
                arguments(BuildRule.NO_MEANINGLESS_NAMES, List.of("StatsManager")),
                arguments(BuildRule.PUBLIC_CLASSES_END_IN_ROLE, List.of("Roll")),
                arguments(BuildRule.JSON_IS_JACKSON_3, List.of("OldJson")),
                arguments(BuildRule.NO_DISABLED_TEST, List.of("SwitchedOff.never")),
                arguments(BuildRule.NO_DISABLED_TEST_CLASS, List.of("SwitchedOff")));
    }

    @ParameterizedTest
    @MethodSource("violations")
    void ruleNamesOffendersAndReason(BuildRule rule, List<String> offenders) {
        String report = rule.evaluate(OFFENDERS).getFailureReport().toString();

        assertThat(report).contains(offenders).contains("because");
    }

    @ParameterizedTest
    @EnumSource
    void ruleAcceptsGoodClasses(BuildRule rule) {
        String report = rule.evaluate(OFFENDERS).getFailureReport().toString();

        assertThat(report)
                .doesNotContain(
                        "SnapshotListener",
                        "Class <io.gonkapulse.apigateway.Page>",
                        "WallClock.fromClock",
                        "PrintingMain");
    }

    @ParameterizedTest
    @EnumSource
    void everyRuleHasViolation(BuildRule rule) {
        assertThat(violations()).anyMatch(violation -> violation.get()[0] == rule);
    }
}
