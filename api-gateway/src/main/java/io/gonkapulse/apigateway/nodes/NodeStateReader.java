package io.gonkapulse.apigateway.nodes;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.springframework.stereotype.Component;

/** Reads nodes and their newest days for event streams, as the objects of the other routes. */
@Component
public class NodeStateReader {

    private static final int DAYS = 4;
    private static final int CALENDAR_EPOCHS = 10;

    /** A short array would get a custom plan each time, see IdentifierParameterFactory. */
    private static final int MIN_LENGTH = 128;

    /** Returns no rows if the data have the version {@code :version}. PostgreSQL decides it before it reads a table. */
    public static final String FIND =
            NodeRepository.FIND.replace("cast(:today as date) - 30", "cast(:today as date) - " + DAYS) + """
               and (cast(:version as text) is null
                    or (select pg_current_snapshot()::text) is distinct from :version)
            """;

    private final NodeRepository repository;

    NodeStateReader(NodeRepository repository) {
        this.repository = repository;
    }

    /** Returns the parameters of {@link #FIND}, without the version. */
    public static Map<String, Object> parameters(List<String> identifiers, LocalDate today) {
        return Map.of(
                "given", spellings(identifiers, one -> one),
                "lower", spellings(identifiers, one -> one.toLowerCase(Locale.ROOT)),
                "upper", spellings(identifiers, one -> one.toUpperCase(Locale.ROOT)),
                "today", today,
                "epochs", CALENDAR_EPOCHS);
    }

    /** Padded with nulls to a power of two, so that few lengths occur. */
    private static String[] spellings(List<String> identifiers, UnaryOperator<String> spelling) {
        String[] spelled = identifiers.stream().map(spelling).toArray(String[]::new);
        int length = Math.max(MIN_LENGTH, Integer.highestOneBit(Math.max(1, spelled.length - 1)) * 2);
        return Arrays.copyOf(spelled, length);
    }

    /** Maps a row of {@link #FIND}; its column {@code place} is the place of the identifier, from 1. */
    public NodeState map(ResultSet row, LocalDate today) throws SQLException {
        NodeRepository.NodeEarningsHistory history = repository.mapHistory(row, today);
        NodeResponse node = history.node();
        TreeMap<LocalDate, Object> days = new TreeMap<>();
        for (NodeDetailsResponse.Day day :
                NodeDetailsResponse.of(history).earnings().history()) {
            if (day.date().isAfter(today.minusDays(DAYS))) {
                days.put(day.date(), new NodeDay(node.identifier(), day));
            }
        }
        return new NodeState(node, node.fetchTimes().toList(), days);
    }

    /**
     * A node of a stream.
     *
     * @param node its JSON object, with a placeholder for its age
     * @param fetchTimes see {@code ResponseContent.times}
     * @param days the JSON object of each day
     */
    public record NodeState(Object node, List<Instant> fetchTimes, Map<LocalDate, Object> days) {}

    /** A day with its node. */
    record NodeDay(String identifier, @JsonUnwrapped NodeDetailsResponse.Day day) {}
}
