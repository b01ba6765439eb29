package io.gonkapulse.apigateway.support;

import io.gonkapulse.testkit.junit.TestDatabase;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The pages and rows that a statement read, from {@code explain analyze}. Times are ignored, because they vary. */
public record QueryPlan(JsonNode root) {

    private static final JsonMapper JSON = JsonMapper.shared();

    /** Runs the statement twice, so that reads of the system catalog are not counted. */
    public static QueryPlan explain(
            TestDatabase database, String sql, Map<String, ? extends @Nullable Object> parameters) {
        runExplain(database, sql, parameters);
        return new QueryPlan(
                JSON.readTree(runExplain(database, sql, parameters)).get(0));
    }

    private static String runExplain(
            TestDatabase database, String sql, Map<String, ? extends @Nullable Object> parameters) {
        return JdbcClient.create(database.dataSource())
                .sql("explain (analyze, buffers, timing off, format json) " + sql)
                .params(parameters)
                .query(String.class)
                .single();
    }

    /** Pages of tables and indexes. */
    public long pages() {
        JsonNode plan = root.get("Plan");
        return plan.get("Shared Hit Blocks").asLong()
                + plan.get("Shared Read Blocks").asLong();
    }

    /** Rows that scans returned or filtered out. */
    public long rowsRead() {
        return nodes().filter(QueryPlan::isScan).mapToLong(QueryPlan::rows).sum();
    }

    public long rowsRead(String relation) {
        return nodes().filter(QueryPlan::isScan)
                .filter(node -> relation.equals(node.get("Relation Name").asString()))
                .mapToLong(QueryPlan::rows)
                .sum();
    }

    public Set<String> relations() {
        return nodes().filter(node -> node.has("Relation Name"))
                .map(node -> node.get("Relation Name").asString())
                .collect(Collectors.toSet());
    }

    /** Names of indexes that had rows; each partition has its own, and PostgreSQL picks any for an empty one. */
    public Set<String> indexes() {
        return nodes().filter(node -> node.has("Index Name") && rows(node) > 0)
                .map(node -> node.get("Index Name").asString())
                .collect(Collectors.toSet());
    }

    /** Rows that were sorted. */
    public long sortedRows() {
        return nodes().filter(node -> node.get("Node Type").asString().endsWith("Sort"))
                .map(node -> node.get("Plans").get(0))
                .mapToLong(QueryPlan::rows)
                .sum();
    }

    private static boolean isScan(JsonNode node) {
        return node.get("Node Type").asString().endsWith("Scan") && node.has("Relation Name");
    }

    private static long rows(JsonNode node) {
        double each = node.get("Actual Rows").asDouble()
                + Stream.of("Rows Removed by Filter", "Rows Removed by Index Recheck")
                        .filter(node::has)
                        .mapToDouble(name -> node.get(name).asDouble())
                        .sum();
        return Math.round(each * node.get("Actual Loops").asDouble());
    }

    private Stream<JsonNode> nodes() {
        return withDescendants(root.get("Plan"));
    }

    private static Stream<JsonNode> withDescendants(JsonNode node) {
        List<JsonNode> parts =
                node.has("Plans") ? node.get("Plans").valueStream().toList() : List.of();
        return Stream.concat(Stream.of(node), parts.stream().flatMap(QueryPlan::withDescendants));
    }

    @Override
    public String toString() {
        return root.toPrettyString();
    }
}
