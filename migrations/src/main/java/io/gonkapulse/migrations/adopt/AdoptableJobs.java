package io.gonkapulse.migrations.adopt;

import static io.gonkapulse.migrations.scripts.MigrationException.refused;

import io.gonkapulse.migrations.scripts.MigrationException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The forms of a bot platform's audit database that can be adopted; all are copied by the same script. */
enum AdoptableJobs {
    FIRST_FILES("made by its files 001 to 003 and 006"),
    LATER_FILES("made by its files 004 and 005"),
    AT_RUN_TIME("made by the platform at run time"),
    MIXED("of mixed origin");

    static final String SCHEMA = "public";

    private static final Map<String, List<String>> COLUMNS = Map.of(
            "jobs", List.of("job_id", "bot_id", "state"),
            "job_stages", List.of("id", "job_id", "stage_name", "status", "started_at"));

    private final String description;

    AdoptableJobs(String description) {
        this.description = description;
    }

    /**
     * Recognises a database by its tables and columns.
     *
     * @throws MigrationException with the expected and the found tables
     */
    static AdoptableJobs recognise(Connection connection) throws SQLException {
        ExistingSchema schema = ExistingSchema.read(connection, SCHEMA);
        List<String> missing = new ArrayList<>(schema.missing(COLUMNS));
        if (missing.isEmpty() && !schema.type("jobs", "job_id").equals("uuid")) {
            missing.add("jobs.job_id as uuid (it is " + schema.type("jobs", "job_id") + ")");
        }
        if (!missing.isEmpty()) {
            throw refused("This is no audit database of a bot platform that adopt supports. Expected jobs and "
                    + "job_stages in schema " + SCHEMA + ". Missing: " + String.join(", ", missing) + ". Found: "
                    + schema.describe());
        }
        boolean creatorInJson = schema.hasColumn("jobs", "created_by");
        boolean creatorInColumns = schema.hasColumn("jobs", "created_by_name");
        boolean estimate = schema.hasColumn("jobs", "estimate");
        boolean milliseconds = schema.hasColumn("jobs", "run_ms");
        if (creatorInJson == creatorInColumns || creatorInJson == milliseconds) {
            return MIXED;
        }
        if (creatorInJson) {
            return estimate ? FIRST_FILES : MIXED;
        }
        return estimate ? AT_RUN_TIME : LATER_FILES;
    }

    String description() {
        return description;
    }
}
