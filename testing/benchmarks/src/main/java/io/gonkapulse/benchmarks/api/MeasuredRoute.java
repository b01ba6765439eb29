package io.gonkapulse.benchmarks.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.LocalDate;
import java.util.Base64;
import java.util.List;

/** The routes that are measured, as HTTP path and as parameters of the gateway's SQL. */
enum MeasuredRoute {
    NODE("node by identifier", "day_ngonka") {
        @Override
        String path(int key) {
            return "/api/v1/nodes/" + identifier(key);
        }

        @Override
        List<String> parameters(LocalDate today) {
            String day = "date '" + today + "'";
            return List.of(SINGLE_NODE, SINGLE_NODE, SINGLE_NODE, day, day);
        }
    },
    PAGE("page of 100 nodes", "order by stats.identifier") {
        @Override
        String path(int key) {
            String cursor = "identifier 0 " + identifier(key);
            return "/api/v1/nodes?limit=100&cursor="
                    + Base64.getUrlEncoder().withoutPadding().encodeToString(cursor.getBytes(UTF_8));
        }

        @Override
        List<String> parameters(LocalDate today) {
            return List.of(":id", ":limit");
        }
    },
    EARNINGS("30 days of one node", "bucket.start") {
        @Override
        String path(int key) {
            return "/api/v1/nodes/" + identifier(key) + "/earnings";
        }

        @Override
        List<String> parameters(LocalDate today) {
            String from = "date '" + today.minusDays(29) + "'";
            return List.of(SINGLE_NODE, SINGLE_NODE, SINGLE_NODE, "'day'", from, "date '" + today + "'");
        }
    };

    /** One node per statement. The gateway merges concurrent look-ups into one statement. */
    private static final String SINGLE_NODE = "array[:id]::text[]";

    private final String label;
    private final String sqlMarker;

    MeasuredRoute(String label, String sqlMarker) {
        this.label = label;
        this.sqlMarker = sqlMarker;
    }

    /** Name in the result tables. */
    String label() {
        return label;
    }

    /** Text that occurs in this route's SQL only. */
    String sqlMarker() {
        return sqlMarker;
    }

    /**
     * Path of a request.
     *
     * @param key number of the node
     */
    abstract String path(int key);

    /** SQL for {@code $1}, {@code $2} and so on; {@code :id} is a random identifier. */
    abstract List<String> parameters(LocalDate today);

    private static String identifier(int key) {
        return String.valueOf(ApiDataGenerator.FIRST_NODE + key);
    }
}
