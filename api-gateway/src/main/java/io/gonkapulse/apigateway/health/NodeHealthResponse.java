package io.gonkapulse.apigateway.health;

import io.gonkapulse.apigateway.http.CsvWriter;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/** The response body of the health route. */
record NodeHealthResponse(
        String identifier, LocalDate from, LocalDate to, List<Hour> hours, List<StateInterval> intervals) {

    static NodeHealthResponse of(NodeHealthRepository.NodeHealthQuery query, List<HealthHourRow> rows) {
        return new NodeHealthResponse(
                query.identifier(),
                query.range().from(),
                query.range().to(),
                rows.stream().map(Hour::of).toList(),
                StateIntervalBuilder.build(rows));
    }

    String toCsv() {
        return new CsvWriter<Hour>()
                .column("hour", Hour::hour)
                .column("seenMinutes", Hour::seenMinutes)
                .column("healthyMinutes", Hour::healthyMinutes)
                .column("unhealthyMinutes", Hour::unhealthyMinutes)
                .column("jailedMinutes", Hour::jailedMinutes)
                .write(hours);
    }

    record Hour(Instant hour, int seenMinutes, int healthyMinutes, int unhealthyMinutes, int jailedMinutes) {

        private static Hour of(HealthHourRow row) {
            return new Hour(
                    row.hour(), row.seenMinutes(), row.healthyMinutes(), row.unhealthyMinutes(), row.jailedMinutes());
        }
    }

    /**
     * An interval in one state.
     *
     * @param to exclusive
     */
    record StateInterval(String state, Instant from, Instant to) {}
}
