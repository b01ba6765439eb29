package io.gonkapulse.benchmarks.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.LocalDate;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The routes that are measured, as HTTP path and as parameters of the gateway's SQL. */
enum MeasuredRoute implements MeasuredPath {
    NODE("node by identifier", "day_ngonka") {
        @Override
        public String path(int key) {
            return "/api/v1/nodes/" + identifier(key);
        }

        @Override
        List<String> parameters(LocalDate today) {
            String day = "date '" + today + "'";
            return List.of("40", ONE_NODE, ONE_NODE, ONE_NODE, day, day);
        }
    },
    PAGE("page of 100 nodes", "order by stats.identifier") {
        @Override
        public String path(int key) {
            String cursor = "identifier 0 " + identifier(key);
            return "/api/v1/nodes?limit=100&cursor="
                    + Base64.getUrlEncoder().withoutPadding().encodeToString(cursor.getBytes(UTF_8));
        }

        @Override
        List<String> parameters(LocalDate today) {
            return List.of(":id", "101");
        }
    },
    EARNINGS("30 days of one node", "bucket.start") {
        @Override
        public String path(int key) {
            return "/api/v1/nodes/" + identifier(key) + "/earnings";
        }

        @Override
        List<String> parameters(LocalDate today) {
            String from = "date '" + today.minusDays(29) + "'";
            return List.of("'day'", "40", ONE_NODE, ONE_NODE, ONE_NODE, "'day'", from, "date '" + today + "'");
        }
    },
    BATCH("batch of 20 nodes", "order by requested.place") {
        @Override
        public String path(int key) {
            int first = Math.max(0, key - BATCH_SIZE + 1);
            return "/api/v1/nodes?identifier="
                    + IntStream.range(first, first + BATCH_SIZE)
                            .mapToObj(MeasuredRoute::identifier)
                            .collect(Collectors.joining("&identifier="));
        }

        @Override
        List<String> parameters(LocalDate today) {
            // The gateway pads its arrays.
            String identifiers = Stream.concat(
                            IntStream.range(0, BATCH_SIZE).mapToObj(number -> ":id" + number),
                            Stream.generate(() -> "null").limit(100 - BATCH_SIZE))
                    .collect(Collectors.joining(",", "array[", "]::text[]"));
            return Collections.nCopies(3, identifiers);
        }

        @Override
        String variables(int nodes) {
            return "\\set last random(0, " + (nodes - 1) + ")\n\\set first greatest(0, :last - " + (BATCH_SIZE - 1)
                    + ")\n"
                    + IntStream.range(0, BATCH_SIZE)
                            .mapToObj(number -> "\\set id" + number + " " + identifier(number) + " + :first\n")
                            .collect(Collectors.joining());
        }
    },
    NODE_EPOCHS("30 epochs of one node", "from earnings_ledger") {
        @Override
        public String path(int key) {
            return "/api/v1/nodes/" + identifier(key) + "/epochs?limit=30";
        }

        @Override
        List<String> parameters(LocalDate today) {
            return Stream.of(
                            Collections.nCopies(4, ":id"),
                            List.of(FIRST_EPOCH, LAST_EPOCH, FIRST_EPOCH, LAST_EPOCH),
                            List.of(FIRST_EPOCH, LAST_EPOCH, "31", FIRST_EPOCH, LAST_EPOCH, "31", "31"))
                    .flatMap(List::stream)
                    .toList();
        }
    },
    NETWORK_EPOCHS("30 epochs of the network", "running_epoch") {
        @Override
        public String path(int key) {
            return "/api/v1/epochs?limit=30";
        }

        @Override
        List<String> parameters(LocalDate today) {
            return List.of(
                    FIRST_EPOCH, LAST_EPOCH, FIRST_EPOCH, LAST_EPOCH, LAST_EPOCH, FIRST_EPOCH, LAST_EPOCH, "31", "31");
        }
    };

    /** One node per statement. The gateway merges concurrent look-ups into one statement. */
    private static final String ONE_NODE = "array[:id]::text[]";

    private static final int BATCH_SIZE = 20;
    private static final String FIRST_EPOCH = "0::bigint";
    private static final String LAST_EPOCH = Long.MAX_VALUE + "::bigint";

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

    /** Text that occurs in this route's SQL, and in no later statement of the same requests. */
    String sqlMarker() {
        return sqlMarker;
    }

    /** SQL for {@code $1}, {@code $2} and so on, with the {@link #variables} of pgbench. */
    abstract List<String> parameters(LocalDate today);

    /** Commands of pgbench; by default {@code :id} becomes a random identifier. */
    String variables(int nodes) {
        return "\\set id random(" + identifier(0) + ", " + identifier(nodes - 1) + ")\n";
    }

    private static String identifier(int key) {
        return String.valueOf(ApiDataGenerator.FIRST_NODE + key);
    }
}
