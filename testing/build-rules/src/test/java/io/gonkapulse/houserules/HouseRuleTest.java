package io.gonkapulse.houserules;

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

/** Shows each rule its own violation among classes that break every other rule as well. */
class HouseRuleTest {

    private static final JavaClasses OFFENDERS = new ClassFileImporter()
            .importPackages(
                    "io.gonkapulse.statswriter",
                    "io.gonkapulse.apigateway",
                    "io.gonkapulse.contracts",
                    "io.gonkapulse.houserules.cycle");

    static Stream<Arguments> offences() {
        return Stream.of(
                arguments(HouseRule.MODULES_MEET_ONLY_WHERE_THE_MAP_SAYS, List.of("UsesAnotherService")),
                arguments(HouseRule.PACKAGES_HAVE_NO_CYCLES, List.of("cycle.one.One", "cycle.two.Two")),
                arguments(HouseRule.CONTRACTS_KNOW_NO_FRAMEWORK, List.of("KnowsKafka")),
                arguments(HouseRule.KAFKA_STAYS_AT_THE_EDGE, List.of("StatsMerger")),
                arguments(HouseRule.SETTINGS_ARE_TYPED, List.of("Settings.ttl")),
                arguments(HouseRule.SETTINGS_ARE_TYPED_IN_PARAMETERS_TOO, List.of("ParameterSettings.from")),
                arguments(HouseRule.NOTHING_IS_INJECTED_INTO_FIELDS, List.of("Settings.injected")),
                arguments(
                        HouseRule.TIME_IS_INJECTED,
                        List.of(
                                "WallClock.now",
                                "WallClock.millis",
                                "WallClock.today",
                                "WallClock.date",
                                "references method <java.time.Instant.now()>")),
                arguments(HouseRule.THE_SYSTEM_CLOCK_IS_CHOSEN_AT_THE_TOP, List.of("WallClock.<init>")),
                arguments(HouseRule.NOTHING_SLEEPS, List.of("Sleeper.rest")),
                arguments(HouseRule.NAMES_SAY_THE_ROLE, List.of("StatsManager")),
                arguments(HouseRule.JSON_IS_JACKSON_3, List.of("OldJson")),
                arguments(HouseRule.NO_TEST_IS_SWITCHED_OFF, List.of("SwitchedOff.never")),
                arguments(HouseRule.NO_TEST_CLASS_IS_SWITCHED_OFF, List.of("SwitchedOff")));
    }

    @ParameterizedTest
    @MethodSource("offences")
    void theRuleNamesEveryOffenderAndSaysWhatToDoInstead(HouseRule rule, List<String> offenders) {
        String report = rule.evaluate(OFFENDERS).getFailureReport().toString();

        assertThat(report).contains(offenders).contains("because");
    }

    @ParameterizedTest
    @EnumSource
    void theRuleLetsGoodClassesPass(HouseRule rule) {
        String report = rule.evaluate(OFFENDERS).getFailureReport().toString();

        assertThat(report)
                .doesNotContain("SnapshotListener", "Class <io.gonkapulse.apigateway.Page>", "WallClock.fromClock");
    }

    @ParameterizedTest
    @EnumSource
    void everyRuleHasAnOffence(HouseRule rule) {
        assertThat(offences()).anyMatch(offence -> offence.get()[0] == rule);
    }
}
