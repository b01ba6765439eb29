package io.gonkapulse.buildrules;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Creates {@code docs/settings.md} from the tables of the modules' READMEs whose first column is {@code setting}. */
final class SettingsPage {

    private static final String HEADER = """
            # Settings

            Every environment variable that a program reads, by name. The page is generated from the tables
            in the modules' READMEs, which explain the background; a test compares them. `service-kit` reads
            settings for every program, `worker-core` for the consumers.

            ```
            ./mvnw test -pl testing/build-rules -Dtest=SettingsPageTest -Dsettings.write=true   # writes this page
            ```

            Options of the command line: `--help` of each program. Quickstart: [its README](../quickstart/README.md).

            | setting | default | meaning | read by |
            |---|---|---|---|
            """;

    private static final Pattern TABLE = Pattern.compile("(?m)^\\| setting \\|.*\\R\\|[-|]+\\|\\R((?:\\|.*\\R)+)");
    private static final Pattern CELL_END = Pattern.compile("(?<!\\\\)\\|");
    private static final Pattern LINK = Pattern.compile("\\]\\((?!https?:)([^)]+)\\)");

    private SettingsPage() {}

    /** @param modules folders below the root */
    static String generate(Path root, List<String> modules) throws IOException {
        List<SettingRow> rows = new ArrayList<>();
        for (String module : modules) {
            Matcher tables = TABLE.matcher(Files.readString(root.resolve(module).resolve("README.md")));
            while (tables.find()) {
                tables.group(1)
                        .lines()
                        .map(line -> row(module, line))
                        // A table may list options of the command line, too.
                        .filter(row -> row.name().matches("`[A-Z].*"))
                        .forEach(rows::add);
            }
        }
        return rows.stream()
                .sorted(Comparator.comparing(SettingRow::name).thenComparing(SettingRow::module))
                .map(SettingRow::line)
                .collect(Collectors.joining("", HEADER, ""));
    }

    private static SettingRow row(String module, String line) {
        String[] cells = CELL_END.split(line, -1);
        boolean hasDefault = cells.length == 5;
        return new SettingRow(
                cells[1].strip(),
                hasDefault ? cells[2].strip() : "",
                relink(module, cells[hasDefault ? 3 : 2].strip()),
                module);
    }

    /** Links are relative to the README; the page is in {@code docs}. */
    private static String relink(String module, String meaning) {
        return LINK.matcher(meaning).replaceAll(link -> {
            Path target = Path.of("..", module).resolve(link.group(1)).normalize();
            return Matcher.quoteReplacement("](" + target + ")");
        });
    }

    private record SettingRow(String name, String standard, String meaning, String module) {

        String line() {
            String program = module.substring(module.lastIndexOf('/') + 1);
            return "| %s | %s | %s | [%s](../%s/README.md#configuration) |\n"
                    .formatted(name, standard, meaning, program, module)
                    .replace("|  |", "| |");
        }
    }
}
