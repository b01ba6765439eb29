package io.gonkapulse.apigateway.dashboard;

import static org.awaitility.Awaitility.await;
import static org.awaitility.Durations.ONE_MINUTE;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.awaitility.core.ThrowingRunnable;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** Controls the headless Chromium of this machine. */
final class HeadlessBrowser implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofMinutes(1);
    private static final int HEIGHT = 900;
    private static final List<String> COLOR_RULES = List.of("color-contrast", "link-in-text-block");
    private static final String VIOLATIONS = """
            const done = arguments[arguments.length - 1];
            axe.run(document, { resultTypes: ['violations'], ...arguments[0] }).then((result) => done(result.violations
                .filter(({ impact }) => impact === 'serious' || impact === 'critical')
                .map(({ id, nodes }) => id + ': ' + nodes.map(({ target, failureSummary }) => target + ' ' + failureSummary).join('; '))));
            """;

    private static final String STOPPED_CLOCK = """
            (() => {
                const now = Date.now;
                Date.now = () => Math.min(now(), %d);
                window.Date = new Proxy(Date, {
                    construct: (clock, given) => new clock(...(given.length > 0 ? given : [clock.now()])),
                });
            })();
            """;

    /** What fits depends on the font. Most machines with Chromium have this one, and few fonts are wider. */
    private static final String FONT = """
            (() => {
                const sheet = new CSSStyleSheet();
                sheet.replaceSync(
                    ':root { --mono: "DejaVu Sans Mono", monospace } body { font-family: "DejaVu Sans", sans-serif }');
                document.adoptedStyleSheets = [sheet];
            })();
            """;

    private final ChromeDriver driver;
    private final Path downloads;
    private final String axe;

    private HeadlessBrowser(ChromeDriver driver, Path downloads) {
        this.driver = driver;
        this.downloads = downloads;
        this.axe = axe();
        driver.manage().timeouts().scriptTimeout(TIMEOUT);
    }

    /** Whether Chromium and its driver are installed. */
    static boolean isAvailable() {
        return findChromium().isPresent() && findOnPath("chromedriver").isPresent();
    }

    static HeadlessBrowser start(Path downloads) {
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        ChromeOptions options = new ChromeOptions();
        options.setBinary(findChromium().orElseThrow());
        // In containers the user is often root, and /dev/shm is small.
        options.addArguments("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu");
        options.addArguments("--disable-background-networking", "--disable-component-update", "--disable-sync");
        // Not the language of the machine.
        options.addArguments("--lang=en-US");
        options.setExperimentalOption("prefs", Map.of("intl.accept_languages", "en-US,en"));
        options.setCapability("goog:loggingPrefs", logs);
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(findOnPath("chromedriver").orElseThrow())
                .usingAnyFreePort()
                .build();
        HeadlessBrowser browser = new HeadlessBrowser(new ChromeDriver(service, options), downloads);
        browser.command("Browser.setDownloadBehavior", "behavior", "allow", "downloadPath", downloads.toString());
        browser.runInNewPages(FONT);
        return browser;
    }

    private static Optional<File> findChromium() {
        return Stream.of("chromium", "chromium-browser", "google-chrome")
                .flatMap(name -> findOnPath(name).stream())
                .findFirst();
    }

    private static Optional<File> findOnPath(String name) {
        return Stream.of(Objects.requireNonNullElse(System.getenv("PATH"), "").split(File.pathSeparator))
                .map(folder -> new File(folder, name))
                .filter(File::canExecute)
                .findFirst();
    }

    private static String axe() {
        try (InputStream script =
                Objects.requireNonNull(HeadlessBrowser.class.getResourceAsStream("/axe.min.js"), "axe")) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Waits for a downloaded file, reads and deletes it. Chromium creates an empty file first and replaces it by the
     * complete one.
     */
    String takeDownload(String name) throws IOException {
        Path file = downloads.resolve(name);
        await().atMost(ONE_MINUTE).until(() -> Files.exists(file) && Files.size(file) > 0);
        String content = Files.readString(file);
        Files.delete(file);
        return content;
    }

    /** Loads a document, unless only the fragment of the open one differs. */
    void open(String url) {
        driver.get(url);
    }

    void reload() {
        driver.navigate().refresh();
    }

    void back() {
        driver.navigate().back();
    }

    String currentUrl() {
        return Objects.requireNonNull(driver.getCurrentUrl());
    }

    void setWidth(int pixels) {
        command(
                "Emulation.setDeviceMetricsOverride",
                "width",
                pixels,
                "height",
                HEIGHT,
                "deviceScaleFactor",
                1,
                "mobile",
                false);
    }

    /** The clock of the pages that are opened from now on does not pass this time. */
    void stopClockAt(Instant latest) {
        runInNewPages(STOPPED_CLOCK.formatted(latest.toEpochMilli()));
    }

    private void runInNewPages(String script) {
        command("Page.addScriptToEvaluateOnNewDocument", "source", script);
    }

    /** Blocks requests to these addresses; without arguments unblocks all. */
    void block(String... addresses) {
        command("Network.enable");
        command("Network.setBlockedURLs", "urls", List.of(addresses));
    }

    void click(String selector) {
        driver.findElement(By.cssSelector(selector)).click();
    }

    void type(String selector, CharSequence keys) {
        WebElement element = driver.findElement(By.cssSelector(selector));
        element.sendKeys(keys);
    }

    List<String> texts(String selector) {
        return strings("return [...document.querySelectorAll(arguments[0])].map((one) => one.textContent)", selector);
    }

    List<String> attributes(String selector, String name) {
        return strings(
                "return [...document.querySelectorAll(arguments[0])].map((one) => one.getAttribute(arguments[1]))",
                selector,
                name);
    }

    String text(String selector) {
        return String.join("\n", texts(selector));
    }

    /** Evaluates a JavaScript expression as text. */
    String evaluate(String expression) {
        return String.valueOf(driver.executeScript("return String(" + expression + ")"));
    }

    /** Waits until the assertion holds. */
    void awaitAsserted(ThrowingRunnable assertion) {
        await().pollInSameThread()
                .atMost(TIMEOUT)
                .pollInterval(Duration.ofMillis(50))
                .untilAsserted(assertion);
    }

    /** Returns the violations that axe rates as serious or critical. */
    List<String> violations() {
        return violations(Map.of());
    }

    /** Checks the rules about colours only; a theme has no influence on the others. */
    List<String> colorViolations() {
        return violations(Map.of("runOnly", Map.of("type", "rule", "values", COLOR_RULES)));
    }

    private List<String> violations(Map<String, Object> options) {
        if (evaluate("typeof axe").equals("undefined")) {
            driver.executeScript(axe);
        }
        return cast(Objects.requireNonNull(driver.executeAsyncScript(VIOLATIONS, options)));
    }

    /** Returns the errors and warnings of the console since the last call. */
    List<String> drainConsoleErrors() {
        List<String> errors = new ArrayList<>();
        for (LogEntry entry : driver.manage().logs().get(LogType.BROWSER)) {
            if (entry.getLevel().intValue() >= Level.WARNING.intValue()) {
                errors.add(entry.getMessage());
            }
        }
        return errors;
    }

    private List<String> strings(String script, Object... arguments) {
        return cast(Objects.requireNonNull(driver.executeScript(script, arguments)));
    }

    private static List<String> cast(Object list) {
        return ((List<?>) list).stream().map(String::valueOf).toList();
    }

    private void command(String name, Object... namesAndValues) {
        Map<String, Object> parameters = new HashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            parameters.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        driver.executeCdpCommand(name, parameters);
    }

    @Override
    public void close() {
        driver.quit();
    }
}
