package io.gonkapulse.servicekit.observability;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

class GrafanaDashboardTest {

    private static final Map<String, Object> DASHBOARD =
            new Yaml().load(RepositoryFiles.text("deploy/grafana/dashboards/gonka-pulse.json"));

    @Test
    void firstRowShowsKeyStatistics() {
        assertThat(panels().get(0)).containsEntry("title", "Freshness, correctness, capacity");
        assertThat(panels().subList(1, 7)).allMatch(panel -> "stat".equals(panel.get("type")));
    }

    @Test
    void panelsUseCatalogueMeters() {
        assertThat(expressions())
                .hasSizeGreaterThan(20)
                .allSatisfy(expression -> assertThat(new PromqlExpression(expression).unknownMeters())
                        .as(expression)
                        .isEmpty());
    }

    @Test
    void everyPanelHasDescription() {
        assertThat(panels())
                .filteredOn(panel -> !"row".equals(panel.get("type")))
                .allSatisfy(panel -> assertThat(String.valueOf(panel.get("description")))
                        .as("%s", panel.get("title"))
                        .hasSizeGreaterThan(10));
    }

    @Test
    void panelsDoNotOverlap() {
        List<String> taken = new ArrayList<>();
        for (Map<String, Object> panel : panels()) {
            Map<?, ?> place = (Map<?, ?>) requireNonNull(panel.get("gridPos"));
            for (int x = 0; x < number(place, "w"); x++) {
                for (int y = 0; y < number(place, "h"); y++) {
                    taken.add((number(place, "x") + x) + "," + (number(place, "y") + y));
                }
            }
        }
        assertThat(taken).doesNotHaveDuplicates().noneMatch(place -> place.startsWith("24,"));
    }

    @Test
    void promtoolAcceptsEveryExpression(@TempDir Path folder) throws IOException {
        StringBuilder rules = new StringBuilder("groups:\n  - name: dashboard\n    rules:\n");
        List<String> expressions = expressions();
        for (int i = 0; i < expressions.size(); i++) {
            rules.append("      - record: panel_").append(i).append("\n        expr: |\n          ");
            rules.append(expressions.get(i).replace("$__rate_interval", "1m").replace("\n", "\n          "));
            rules.append('\n');
        }
        Files.writeString(folder.resolve("panels.yml"), rules);

        PromtoolRunner.PromtoolResult verdict = PromtoolRunner.run(folder, "check", "rules", "panels.yml");

        assertThat(verdict.exitCode()).as(verdict.output()).isZero();
    }

    private static List<String> expressions() {
        return panels().stream()
                .flatMap(panel -> panel.get("targets") instanceof List<?> targets ? targets.stream() : Stream.of())
                .map(target -> String.valueOf(((Map<?, ?>) target).get("expr")))
                .toList();
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> panels() {
        return (List<Map<String, Object>>) requireNonNull(DASHBOARD.get("panels"));
    }

    private static int number(Map<?, ?> map, String name) {
        return ((Number) requireNonNull(map.get(name))).intValue();
    }
}
