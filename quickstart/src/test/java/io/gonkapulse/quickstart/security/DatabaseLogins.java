package io.gonkapulse.quickstart.security;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The database logins, created by the SQL of {@code logins.sh} itself. */
final class DatabaseLogins {

    static final String DATABASE = "gonkapulse";

    private static final Path SCRIPT = Path.of("..", "deploy", "compose", "logins.sh");

    /** The script's variables and their logins. */
    private static final Map<String, String> VARIABLES = Map.of(
            "migrations", "gonkapulse_migrations",
            "stats", "stats_writer",
            "earnings", "earnings_aggregator",
            "jobs", "job_recorder",
            "api", "api_gateway");

    private DatabaseLogins() {}

    static List<String> names() {
        return List.copyOf(VARIABLES.values());
    }

    /** Recognisable in any output, and with characters that URLs must escape. */
    static String password(String login) {
        return "unmistakable@" + login + "/%'word";
    }

    static String encodedPassword(String login) {
        return URLEncoder.encode(password(login), UTF_8);
    }

    static String sql() throws IOException {
        String script = Files.readString(SCRIPT);
        String sql = script.substring(script.indexOf("<<'SQL'\n") + 8, script.lastIndexOf("SQL"));
        Map<String, String> values = new LinkedHashMap<>();
        VARIABLES.forEach((variable, login) ->
                values.put(":'" + variable + "'", "'" + password(login).replace("'", "''") + "'"));
        values.put(":\"db\"", DATABASE);
        for (Map.Entry<String, String> value : values.entrySet()) {
            sql = sql.replace(value.getKey(), value.getValue());
        }
        return sql;
    }
}
