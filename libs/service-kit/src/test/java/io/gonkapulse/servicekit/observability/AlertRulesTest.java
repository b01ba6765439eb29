package io.gonkapulse.servicekit.observability;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.Yaml;

class AlertRulesTest {

    private static final String FOLDER = "deploy/prometheus/";
    private static final String RULES = "gonka-pulse.rules.yml";
    private static final String TESTS = "gonka-pulse.rules.test.yml";
    private static final List<String> HEADINGS =
            List.of("## What it means", "## Look first", "## Do", "## See that it worked");

    @ParameterizedTest
    @MethodSource("rules")
    void alertUsesCatalogueMeters(AlertRule rule) {
        assertThat(new PromqlExpression(rule.expression()).unknownMeters()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("rules")
    void alertHasSeverityAndAnnotations(AlertRule rule) {
        assertThat(rule.labels().get("severity")).isIn("critical", "warning");
        assertThat(rule.annotations()).containsOnlyKeys("summary", "description", "runbook");
        assertThat(rule.annotations().values()).noneMatch(String::isBlank);
    }

    @ParameterizedTest
    @MethodSource("rules")
    void alertHasRunbook(AlertRule rule) {
        String page = "docs/runbooks/" + rule.pageName() + ".md";

        assertThat(rule.annotations()).containsEntry("runbook", page);
        assertThat(RepositoryFiles.path(page)).exists();
        assertThat(RepositoryFiles.text(page).lines())
                .startsWith("# " + rule.alert())
                .containsSubsequence(HEADINGS);
        assertThat(RepositoryFiles.text("docs/runbooks/README.md")).contains("(" + rule.pageName() + ".md)");
    }

    @ParameterizedTest
    @MethodSource("rules")
    void alertHasFiringAndQuietTest(AlertRule rule) {
        List<Object> fires =
                checks(rule).<Object>map(check -> check.get("exp_alerts")).toList();

        assertThat(fires).contains(List.of()).anyMatch(expected -> !List.of().equals(expected));
    }

    @Test
    void prometheusScrapesEveryComposeService() {
        Map<String, ?> compose = new Yaml().load(RepositoryFiles.text("docker-compose.yml"));
        Map<String, ?> services = nested(compose.get("services"));

        List<String> scraped = maps(yaml("prometheus.yml").get("scrape_configs"))
                .flatMap(job -> maps(job.get("dns_sd_configs")))
                .map(names -> names.get("names") + " " + names.get("port"))
                .toList();

        assertThat(scraped)
                .containsExactlyInAnyOrderElementsOf(services.keySet().stream()
                        .filter(name -> environment(services.get(name)).containsKey("SERVER_PORT"))
                        .map(name -> "[" + name + "] "
                                + environment(services.get(name)).get("SERVER_PORT"))
                        .toList());
    }

    private static Map<String, ?> environment(@Nullable Object service) {
        Object environment = nested(service).get("environment");
        return environment == null ? Map.of() : nested(environment);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, ?> nested(@Nullable Object map) {
        return (Map<String, ?>) requireNonNull(map);
    }

    @Test
    @Tag("slow")
    void promtoolAcceptsRulesAndTests() {
        var folder = RepositoryFiles.path(FOLDER);
        assertThat(Files.isDirectory(folder)).isTrue();

        for (String[] arguments : new String[][] {
            {"check", "config", "prometheus.yml"}, {"check", "rules", RULES}, {"test", "rules", TESTS}
        }) {
            PromtoolRunner.PromtoolResult verdict = PromtoolRunner.run(folder, arguments);
            assertThat(verdict.exitCode()).as(verdict.output()).isZero();
        }
    }

    private static Stream<Map<String, ?>> checks(AlertRule rule) {
        return maps(yaml(TESTS).get("tests"))
                .flatMap(test -> maps(test.get("alert_rule_test")))
                .filter(check -> rule.alert().equals(check.get("alertname")));
    }

    static Stream<AlertRule> rules() {
        return maps(yaml(RULES).get("groups"))
                .flatMap(group -> maps(group.get("rules")))
                .map(rule -> new AlertRule(
                        text(rule, "alert"),
                        text(rule, "expr"),
                        texts(rule.get("labels")),
                        texts(rule.get("annotations"))));
    }

    private static Map<String, ?> yaml(String name) {
        return new Yaml().load(RepositoryFiles.text(FOLDER + name));
    }

    @SuppressWarnings("unchecked")
    private static Stream<Map<String, ?>> maps(@Nullable Object list) {
        return ((List<Map<String, ?>>) requireNonNull(list)).stream();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, String> texts(@Nullable Object map) {
        return (Map<String, String>) requireNonNull(map);
    }

    private static String text(Map<String, ?> map, String name) {
        return String.valueOf(map.get(name));
    }

    record AlertRule(String alert, String expression, Map<String, String> labels, Map<String, String> annotations) {

        /** The runbook of alert {@code SnapshotsOld} is {@code snapshots-old.md}. */
        String pageName() {
            return alert.replaceAll("(?<=[a-z])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
        }

        @Override
        public String toString() {
            return alert;
        }
    }
}
