package io.gonkapulse.apigateway.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.gonkapulse.apigateway.http.ProblemCode;
import io.gonkapulse.apigateway.support.GatewayTestData;
import io.gonkapulse.apigateway.support.TestGateway;
import io.gonkapulse.networksimulator.SteppedClock;
import io.gonkapulse.testkit.junit.RealInfrastructure;
import io.gonkapulse.testkit.junit.TestDatabase;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs every recipe of the guide against a real gateway. */
@RealInfrastructure
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GuideTest {

    private static final Pattern RECIPE =
            Pattern.compile("<section class=\"panel recipe\" id=\"([a-z-]+)\">(.*?)</section>", Pattern.DOTALL);
    private static final Pattern CODE =
            Pattern.compile("data-language=\"(\\w+)\">.*?<code class=\"\\w+\">(.*?)</code>", Pattern.DOTALL);
    private static final Pattern ERROR_ROW =
            Pattern.compile("<tr><td>(\\d{3})</td><th scope=\"row\"><code>(\\w+)</code>");
    private static final String ADDRESS = "http://localhost:8080";
    /** Of the stream, which would continue. */
    private static final int CURL_TIMED_OUT = 28;

    private static final Duration TIMEOUT = Duration.ofMinutes(1);

    private final Path folder;
    private final TestGateway gateway;
    private final String page;

    GuideTest(TestDatabase database, @TempDir Path folder) {
        this.folder = folder;
        Instant now = InstantSource.system().instant();
        GatewayTestData data = GatewayTestData.in(database);
        gateway = TestGateway.start(database, SteppedClock.at(now));
        NodePageTestData.fill(data, now);
        page = gateway.send("GET", "/docs/guide.html").body();
    }

    @AfterAll
    void stop() {
        gateway.close();
    }

    List<String> recipes() {
        return RECIPE.matcher(page).results().map(recipe -> recipe.group(1)).toList();
    }

    @ParameterizedTest
    @MethodSource("recipes")
    void curlRecipeSucceeds(String recipe) {
        // The recipe of the stream ends after three seconds, on a slow machine before the first event.
        String printed = await().atMost(TIMEOUT).until(() -> runCurl(recipe), output -> !output.isBlank());
        assertThat(printed).doesNotContain("\"status\":500");
    }

    @ParameterizedTest
    @MethodSource("recipes")
    void javaScriptAndPythonPrintTheSame(String recipe) throws Exception {
        Path script = Files.writeString(folder.resolve(recipe + ".mjs"), code(recipe, "JavaScript"));
        String printed = run("node", "node", script.toString());
        assertThat(printed).isNotBlank();
        assertThat(run("python3", "python3", "-c", code(recipe, "Python"))).isEqualTo(printed);
    }

    @Test
    void recipesShowWhatIsStored() throws Exception {
        Path script = Files.writeString(folder.resolve("stored.mjs"), code("claim", "JavaScript"));
        assertThat(run("node", "node", script.toString()))
                .contains("unclaimed 2251.000000000 GNK", "claim before epoch 79");
    }

    @Test
    void errorTableNamesEveryCode() {
        Map<String, String> named =
                ERROR_ROW.matcher(page).results().collect(Collectors.toMap(row -> row.group(2), row -> row.group(1)));
        assertThat(named)
                .isEqualTo(Arrays.stream(ProblemCode.values())
                        .collect(Collectors.toMap(
                                ProblemCode::apiName,
                                code -> String.valueOf(code.status().value()))));
    }

    @Test
    void linksLeadToPages() {
        assertThat(Pattern.compile("href=\"(/[^#\"]*)")
                        .matcher(page)
                        .results()
                        .map(link -> link.group(1))
                        .distinct())
                .hasSizeGreaterThan(5)
                .allSatisfy(path ->
                        assertThat(gateway.send("GET", path).statusCode()).isEqualTo(200));
    }

    private String code(String recipe, String language) {
        return RECIPE.matcher(page)
                .results()
                .filter(one -> one.group(1).equals(recipe))
                .map(one -> one.group(2))
                .flatMap(section -> CODE.matcher(section).results())
                .filter(code -> code.group(1).equals(language))
                .map((Function<MatchResult, String>) code -> code.group(2))
                .map(code -> code.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"))
                .map(code -> code.replace(ADDRESS, gateway.url()))
                .findFirst()
                .orElseThrow();
    }

    private String runCurl(String recipe) throws IOException, InterruptedException {
        return run("curl", "sh", "-c", code(recipe, "curl"));
    }

    private String run(String tool, String... command) throws IOException, InterruptedException {
        assumeTrue(isOnPath(tool), tool + " is not on the PATH");
        Path output = Files.createTempFile(folder, tool, ".out");
        Path errors = Files.createTempFile(folder, tool, ".err");
        Process process = new ProcessBuilder(command)
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile())
                .start();
        try {
            assertThat(process.waitFor(1, TimeUnit.MINUTES)).as("ends").isTrue();
        } finally {
            process.destroyForcibly();
        }
        String printed = Files.readString(output, StandardCharsets.UTF_8);
        assertThat(process.exitValue())
                .as(printed + Files.readString(errors, StandardCharsets.UTF_8))
                .isIn(0, tool.equals("curl") ? CURL_TIMED_OUT : 0);
        return printed;
    }

    private static boolean isOnPath(String tool) {
        return Stream.of(Objects.requireNonNullElse(System.getenv("PATH"), "").split(File.pathSeparator))
                .anyMatch(directory -> new File(directory, tool).canExecute());
    }
}
