package io.gonkapulse.servicekit.settings;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;

/** Format of log lines: text for people, or JSON for a log collector. */
enum LogFormat {
    TEXT,
    ECS,
    LOGSTASH;

    private static final String SETTING = "LOG_FORMAT";

    static LogFormat read(SettingSource settings) {
        return settings.find(SETTING).map(LogFormat::parse).orElse(TEXT);
    }

    private static LogFormat parse(String value) {
        return Arrays.stream(values())
                .filter(format -> format.lowerCaseName().equals(value.strip().toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(
                        () -> new SettingException(SETTING + ": expected text, ecs or logstash, got \"" + value + '"'));
    }

    /** The same as a Spring property. */
    Map<String, Object> springProperties() {
        return this == TEXT ? Map.of() : Map.of("logging.structured.format.console", lowerCaseName());
    }

    private String lowerCaseName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
