package io.gonkapulse.apigateway.health;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/** The health of a node as the API shows it. */
record NodeHealth(String identifier, LocalDate from, LocalDate to, List<Hour> hours, List<StateInterval> intervals) {

    static NodeHealth of(HealthQuestion question, List<HourRow> rows) {
        return new NodeHealth(
                question.identifier(),
                question.range().from(),
                question.range().to(),
                rows.stream().map(Hour::of).toList(),
                Intervals.of(rows));
    }

    record Hour(Instant hour, int seenMinutes, int healthyMinutes, int unhealthyMinutes, int jailedMinutes) {

        private static Hour of(HourRow row) {
            return new Hour(
                    row.hour(), row.seenMinutes(), row.healthyMinutes(), row.unhealthyMinutes(), row.jailedMinutes());
        }
    }
}
