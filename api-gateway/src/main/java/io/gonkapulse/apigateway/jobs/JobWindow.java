package io.gonkapulse.apigateway.jobs;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Days of first times, with the ids that their jobs may have. A statement with these ids is planned for their partitions
 * only; for all partitions, planning alone takes 20 ms and more.
 *
 * @param from begin of the first day
 * @param to end of the last day
 * @param ids ranges of ids, each without its end; null bounds are open
 */
record JobWindow(Instant from, Instant to, List<IdRange> ids) {

    /** Ids outside of these bounds are in partitions of their own. */
    private static final UUID FIRST_DAILY_ID = UUID.fromString("01800000-0000-0000-0000-000000000000");

    /**
     * Some ids that are no times fall on days of any year. With more ranges than this the statement is planned for all
     * partitions: it would not become faster, and its parameters are limited.
     */
    private static final int MAX_RANGES = 64;

    private static final UUID END_OF_DAILY_IDS = UUID.fromString("03bb2cc3-d800-0000-0000-000000000000");

    /**
     * Creates a window.
     *
     * @param idDays days of ids, in order; null for those of no day
     */
    static JobWindow of(LocalDate first, LocalDate last, Collection<@Nullable LocalDate> idDays) {
        List<IdRange> ids = new ArrayList<>();
        @Nullable LocalDate start = null;
        @Nullable LocalDate end = null;
        for (LocalDate day : idDays) {
            if (day == null) {
                ids.add(new IdRange(null, FIRST_DAILY_ID));
                ids.add(new IdRange(END_OF_DAILY_IDS, null));
            } else if (day.equals(end)) {
                end = day.plusDays(1);
            } else {
                if (start != null && end != null) {
                    ids.add(new IdRange(firstId(start), firstId(end)));
                }
                start = day;
                end = day.plusDays(1);
            }
        }
        if (start != null && end != null) {
            ids.add(new IdRange(firstId(start), firstId(end)));
        }
        return new JobWindow(
                startOf(first),
                startOf(last.plusDays(1)),
                ids.isEmpty() || ids.size() > MAX_RANGES ? List.of(IdRange.UNBOUNDED) : ids);
    }

    private static Instant startOf(LocalDate day) {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    private static UUID firstId(LocalDate day) {
        return new UUID(startOf(day).toEpochMilli() << 16, 0);
    }

    /** The condition on rows of {@code audit.jobs_api}, after an "and". */
    String condition() {
        List<String> ranges = new ArrayList<>();
        for (int i = 0; i < ids.size(); i++) {
            String since = ids.get(i).first == null ? "true" : "job_id >= :sinceId" + i;
            String until = ids.get(i).end == null ? "true" : "job_id < :untilId" + i;
            ranges.add(since + " and " + until);
        }
        return " and first_time >= :windowFrom and first_time < :windowTo and (" + String.join(" or ", ranges) + ")";
    }

    Map<String, Object> parameters() {
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("windowFrom", from.atOffset(ZoneOffset.UTC));
        parameters.put("windowTo", to.atOffset(ZoneOffset.UTC));
        for (int i = 0; i < ids.size(); i++) {
            IdRange range = ids.get(i);
            if (range.first != null) {
                parameters.put("sinceId" + i, range.first);
            }
            if (range.end != null) {
                parameters.put("untilId" + i, range.end);
            }
        }
        return parameters;
    }

    /**
     * A range of ids.
     *
     * @param end excluded
     */
    record IdRange(@Nullable UUID first, @Nullable UUID end) {

        private static final IdRange UNBOUNDED = new IdRange(null, null);
    }
}
