package io.gonkapulse.trackerpoller;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Parameter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** Compares the settings in the README with the code. */
class PollerReadmeTest {

    private static final Pattern ROW =
            Pattern.compile("(?m)^\\| `POLLER_TRACKERS_N_([A-Z_]+)` \\|[^`|]*(?:`([^`]+)`)?[^|]*\\|");

    @Test
    void listsTrackerSettingsWithDefaults() throws IOException {
        Map<String, String> documented = new TreeMap<>();
        Matcher rows = ROW.matcher(Files.readString(Path.of("README.md")));
        while (rows.find()) {
            documented.put(rows.group(1), rows.group(2) == null ? "" : rows.group(2));
        }
        assertThat(documented).isEqualTo(settings(TrackerProperties.class));
    }

    @Test
    void namesPollerSettings() throws IOException {
        String readme = Files.readString(Path.of("README.md"));
        settings(PollerProperties.class)
                .forEach((name, value) -> assertThat(readme)
                        .contains(name.equals("TRACKERS") ? "POLLER_TRACKERS_N_" : "`POLLER_" + name + "`")
                        .contains(value));
    }

    private static Map<String, String> settings(Class<? extends Record> type) {
        Constructor<?> canonical = type.getDeclaredConstructors()[0];
        List<Parameter> parameters = Arrays.asList(canonical.getParameters());
        Map<String, String> settings = new TreeMap<>();
        for (int i = 0; i < parameters.size(); i++) {
            DefaultValue value = parameters.get(i).getAnnotation(DefaultValue.class);
            settings.put(
                    type.getRecordComponents()[i]
                            .getName()
                            .replaceAll("(?=[A-Z])", "_")
                            .toUpperCase(Locale.ROOT),
                    value == null || value.value().length == 0 ? "" : value.value()[0]);
        }
        return settings;
    }
}
