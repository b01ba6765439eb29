package io.gonkapulse.apigateway.dashboard;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares the texts of the dashboard with each other and with the code that shows them. */
class DashboardTextsTest {

    private static final Path FOLDER = folder();
    private static final Pattern ENTRY = Pattern.compile("^  '([A-Za-z0-9.]+)': '(.*)',$", Pattern.MULTILINE);
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\w+}");
    private static final Pattern USED = Pattern.compile("\\b(?:t|plural|sentence)\\(\\s*'([A-Za-z0-9.]+)'");
    private static final Pattern PLURAL = Pattern.compile("\\bplural\\(\\s*'([A-Za-z0-9.]+)'");
    /** The beginning of a key that the code completes, such as status. */
    private static final Pattern PREFIX = Pattern.compile("`([A-Za-z0-9.]+\\.)\\$\\{");

    private static final Pattern QUOTED = Pattern.compile("'([A-Za-z0-9.]+)'");
    private static final Pattern ENGLISH = Pattern.compile("'([A-Z][a-z]+[^'\\n]*)'");
    /** Several words in lower case, unless they are classes. */
    private static final Pattern WORDS = Pattern.compile("(?<!class: )'([a-z]+(?: [a-z]+)+)'");
    /** A word behind a placeholder of a template. */
    private static final Pattern AFTER_PLACEHOLDER = Pattern.compile("[^\\s{]}[,.:;]? ([a-z]{2,})");

    private static final Pattern COMMENT = Pattern.compile("^\\s*(?://|/?\\*).*$", Pattern.MULTILINE);
    /** Names of headers, keys, the unit and the product; theme.js runs before the texts are loaded. */
    private static final Set<String> NO_TEXTS = Set.of(
            "Accept",
            "ArrowDown",
            "ArrowLeft",
            "ArrowRight",
            "ArrowUp",
            "Auto",
            "Content-Disposition",
            "Dark",
            "Date",
            "English",
            "Escape",
            "Gonka Pulse",
            "If-None-Match",
            "Light",
            "Link",
            "Retry-After",
            "Tab",
            "ngonka");

    @ParameterizedTest
    @ValueSource(strings = {"en", "zh", "ru"})
    void keysAreUnique(String language) throws IOException {
        assertThat(ENTRY.matcher(read("texts/" + language + ".js")).results().map(one -> one.group(1)))
                .isNotEmpty()
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(strings = {"zh", "ru"})
    void languagesHaveSameKeys(String language) throws IOException {
        assertThat(texts(language).keySet()).isEqualTo(texts("en").keySet());
    }

    @ParameterizedTest
    @ValueSource(strings = {"zh", "ru"})
    void languagesHaveSamePlaceholders(String language) throws IOException {
        Map<String, String> english = texts("en");
        assertThat(texts(language))
                .allSatisfy((key, text) ->
                        assertThat(placeholders(text)).as(key).isEqualTo(placeholders(english.getOrDefault(key, ""))));
    }

    /** Fractions have the last Russian form, which the texts do not need. */
    @ParameterizedTest
    @CsvSource({"en, 2", "zh, 1", "ru, 3"})
    void pluralsHaveEveryForm(String language, int forms) throws IOException {
        Map<String, String> texts = texts(language);
        assertThat(found(PLURAL))
                .isNotEmpty()
                .allSatisfy(key -> assertThat(texts.getOrDefault(key, "").split(" \\| "))
                        .as(key)
                        .hasSize(forms));
    }

    @Test
    void usedTextsExist() throws IOException {
        assertThat(texts("en").keySet()).containsAll(found(USED));
    }

    @Test
    void everyTextIsUsed() throws IOException {
        Set<String> quoted = found(QUOTED);
        Set<String> prefixes = found(PREFIX);
        assertThat(texts("en").keySet())
                .allMatch(key -> quoted.contains(key) || prefixes.stream().anyMatch(key::startsWith));
    }

    @Test
    void codeContainsNoText() throws IOException {
        Set<String> literals = found(ENGLISH);
        literals.addAll(found(WORDS));
        literals.addAll(found(AFTER_PLACEHOLDER));
        literals.removeAll(NO_TEXTS);
        assertThat(literals).isEmpty();
    }

    private static Set<String> placeholders(String text) {
        return PLACEHOLDER.matcher(text).results().map(MatchResult::group).collect(toSet());
    }

    private static Map<String, String> texts(String language) throws IOException {
        return ENTRY.matcher(read("texts/" + language + ".js"))
                .results()
                .collect(toMap(one -> one.group(1), one -> one.group(2), (one, other) -> other, TreeMap::new));
    }

    private static Set<String> found(Pattern pattern) throws IOException {
        Set<String> found = new TreeSet<>();
        for (Path file : scripts()) {
            String code = COMMENT.matcher(Files.readString(file)).replaceAll("");
            Matcher matcher = pattern.matcher(code);
            while (matcher.find()) {
                found.add(matcher.group(1));
            }
        }
        return found;
    }

    private static List<Path> scripts() throws IOException {
        try (Stream<Path> files = Files.walk(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".js"))
                    .filter(file -> !file.startsWith(FOLDER.resolve("texts")))
                    .toList();
        }
    }

    private static String read(String name) throws IOException {
        return Files.readString(FOLDER.resolve(name));
    }

    private static Path folder() {
        try {
            return Path.of(Objects.requireNonNull(
                                    DashboardTextsTest.class.getResource("/static/dashboard/main.js"), "main.js")
                            .toURI())
                    .resolveSibling(".");
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
