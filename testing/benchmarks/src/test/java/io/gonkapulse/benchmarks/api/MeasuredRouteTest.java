package io.gonkapulse.benchmarks.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MeasuredRouteTest {

    private static final Pattern VARIABLE = Pattern.compile("(?<!:):(\\w+)");

    @ParameterizedTest
    @EnumSource
    void setsEveryVariable(MeasuredRoute route) {
        Set<String> used = VARIABLE.matcher(String.join(" ", route.parameters(LocalDate.EPOCH)))
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toSet());

        assertThat(used).allSatisfy(name -> assertThat(route.variables(200)).contains("\\set " + name + " "));
    }

    /** The nodes of the generator are numbered from 0. A batch ends with the node of its key. */
    @Test
    void batchHasExistingNodesOnly() {
        assertThat(MeasuredRoute.BATCH.path(199))
                .startsWith("/api/v1/nodes?identifier=" + (ApiDataGenerator.FIRST_NODE + 180) + "&identifier=")
                .endsWith("&identifier=" + (ApiDataGenerator.FIRST_NODE + 199));
        assertThat(MeasuredRoute.BATCH.path(0))
                .startsWith("/api/v1/nodes?identifier=" + ApiDataGenerator.FIRST_NODE + "&identifier=");
        assertThat(MeasuredRoute.BATCH.path(199).split("identifier=", -1)).hasSize(21);
        assertThat(MeasuredRoute.BATCH.variables(200))
                .contains(
                        "\\set last random(0, 199)\n",
                        "\\set first greatest(0, :last - 19)\n",
                        "\\set id19 " + (ApiDataGenerator.FIRST_NODE + 19) + " + :first\n");
    }
}
