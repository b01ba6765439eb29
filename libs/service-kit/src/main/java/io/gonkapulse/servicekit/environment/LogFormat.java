package io.gonkapulse.servicekit.environment;

import io.gonkapulse.servicekit.settings.SettingException;
import io.gonkapulse.servicekit.settings.SettingSource;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;

/** How lines of the log are written: for people, or as JSON with fields for a collector. */
enum LogFormat {
    TEXT,
    ECS,
    LOGSTASH;

    private static final String SETTING = "LOG_FORMAT";

    static LogFormat read(SettingSource settings) {
        return settings.find(SETTING).map(LogFormat::named).orElse(TEXT);
    }

    private static LogFormat named(String said) {
        return Arrays.stream(values())
                .filter(format -> format.word().equals(said.strip().toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(
                        () -> new SettingException(SETTING + ": expected text, ecs or logstash, got \"" + said + '"'));
    }

    /** The same in Spring's words. */
    Map<String, Object> properties() {
        return this == TEXT ? Map.of() : Map.of("logging.structured.format.console", word());
    }

    private String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
