package io.gonkapulse.workercore.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gonkapulse.testkit.junit.RealInfrastructure;
import io.gonkapulse.testkit.junit.TestDatabase;
import io.gonkapulse.workercore.sql.BinaryCopyWriter.CopiedColumn;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

@RealInfrastructure
class BinaryCopyWriterTest {

    private static final byte[] POINT = {64, 0, 0, 0, 0, 0, 0, 0, 64, 8, 0, 0, 0, 0, 0, 0};
    private static final List<String> TYPES = List.of(
            "boolean",
            "smallint",
            "integer",
            "bigint",
            "uuid",
            "date",
            "timestamptz",
            "text",
            "jsonb",
            "bytea",
            "point");

    private final Connection connection;
    private final JdbcTemplate jdbc;

    BinaryCopyWriterTest(TestDatabase database) throws SQLException {
        connection = database.dataSource().getConnection();
        jdbc = new JdbcTemplate(new SingleConnectionDataSource(connection, true));
    }

    @BeforeEach
    void createTable() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("set timezone to 'UTC'");
            for (String type : TYPES) {
                statement.execute("create temporary table copied_" + type + " (value " + type + ")");
            }
        }
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
    }

    @Test
    void copiesEveryType() throws SQLException {
        assertThat(copied("boolean", true, false)).containsExactly("true", "false");
        assertThat(copied("smallint", Short.MIN_VALUE, 32_767)).containsExactly("-32768", "32767");
        assertThat(copied("integer", Integer.MIN_VALUE, 7)).containsExactly("-2147483648", "7");
        assertThat(copied("bigint", Long.MIN_VALUE, 7L)).containsExactly("-9223372036854775808", "7");
        assertThat(copied("uuid", UUID.fromString("fedcba98-7654-3210-8edc-ba9876543210")))
                .containsExactly("fedcba98-7654-3210-8edc-ba9876543210");
        assertThat(copied("date", LocalDate.parse("1969-12-31"), LocalDate.parse("2026-02-28")))
                .containsExactly("1969-12-31", "2026-02-28");
        assertThat(copied("text", "", "ü\t\n\\N", "日本")).containsExactly("", "ü\t\n\\N", "日本");
        assertThat(copied("jsonb", "{\"b\":1,\"a\":\"ü\"}")).containsExactly("{\"a\": \"ü\", \"b\": 1}");
        assertThat(copied("bytea", new byte[] {0, (byte) 0xff}, new byte[0])).containsExactly("\\x00ff", "\\x");
        assertThat(copied("point", (Object) POINT)).containsExactly("(2,3)");
    }

    @Test
    void roundsTimesDown() throws SQLException {
        assertThat(copied(
                        "timestamptz",
                        Instant.parse("2026-11-28T10:00:02.114999999Z"),
                        Instant.parse("1969-12-31T23:59:59.999999999Z"),
                        Instant.parse("0001-01-01T00:00:00Z"),
                        Instant.parse("9999-12-31T23:59:59Z")))
                .containsExactly(
                        "2026-11-28 10:00:02.114999+00",
                        "1969-12-31 23:59:59.999999+00",
                        "0001-01-01 00:00:00+00",
                        "9999-12-31 23:59:59+00");
    }

    @Test
    void copiesNulls() throws SQLException {
        for (String type : TYPES) {
            assertThat(copied(type, new Object[] {null})).containsExactly((String) null);
        }
    }

    /** Values around the size of the buffer. */
    @Test
    void copiesLargeValues() throws SQLException {
        Object[] texts = IntStream.of(65_530, 65_531, 65_532, 65_536, 65_537, 200_000)
                .mapToObj("x"::repeat)
                .toArray();

        assertThat(copied("text", texts)).isEqualTo(List.of(texts));
    }

    /** Several columns, in the order of the writer. */
    @Test
    void copiesManyRows() throws SQLException {
        jdbc.execute("create temporary table pairs (name text, number bigint)");
        List<Integer> numbers = IntStream.range(0, 20_000).boxed().toList();

        new BinaryCopyWriter<Integer>(
                        "pairs",
                        List.of(
                                new CopiedColumn<>("number", "bigint", number -> number),
                                new CopiedColumn<>("name", "text", number -> "n" + number)))
                .write(connection, numbers);

        assertThat(jdbc.queryForMap("select count(*) as n, sum(number) as total from pairs where name = 'n' || number"))
                .isEqualTo(Map.of("n", 20_000L, "total", new BigDecimal(199_990_000)));
    }

    @Test
    void cancelsAfterFailure() throws SQLException {
        BinaryCopyWriter<Integer> failing = new BinaryCopyWriter<>(
                "copied_integer", List.of(new CopiedColumn<>("value", "integer", number -> 1 / number)));

        assertThatThrownBy(() -> failing.write(connection, List.of(1, 0))).isInstanceOf(ArithmeticException.class);

        assertThat(copied("integer", 5)).containsExactly("5");
    }

    @Test
    void reportsRefusedValue() throws SQLException {
        BinaryCopyWriter<String> wrong =
                new BinaryCopyWriter<>("copied_jsonb", List.of(new CopiedColumn<>("value", "jsonb", text -> text)));

        assertThatThrownBy(() -> wrong.write(connection, Collections.nCopies(3, "no json")))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("invalid input syntax for type json");

        assertThat(copied("integer", 5)).containsExactly("5");
    }

    private List<@Nullable String> copied(String type, @Nullable Object... values) throws SQLException {
        List<Integer> rows = IntStream.range(0, values.length).boxed().toList();
        new BinaryCopyWriter<Integer>("copied_" + type, List.of(new CopiedColumn<>("value", type, row -> values[row])))
                .write(connection, rows);
        return jdbc.queryForList("select value::text from copied_" + type + " order by ctid", String.class);
    }
}
