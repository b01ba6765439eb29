package io.gonkapulse.apigateway.jobs;

import io.gonkapulse.apigateway.http.ApiException;
import io.gonkapulse.apigateway.http.ParameterRule;
import io.gonkapulse.apigateway.http.RequestParameterParser;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A sort order of jobs. Jobs of the same time are sorted by id. */
enum JobSort {
    NEWEST("-firstTime", "first_time", true),
    OLDEST("firstTime", "first_time", false),
    NEWEST_ACCEPTED("-acceptedAt", "accepted_at", true),
    OLDEST_ACCEPTED("acceptedAt", "accepted_at", false);

    private static final List<String> CHOICES =
            Arrays.stream(values()).map(JobSort::apiName).toList();

    private final String apiName;
    private final String column;
    private final boolean newestFirst;

    JobSort(String apiName, String column, boolean newestFirst) {
        this.apiName = apiName;
        this.column = column;
        this.newestFirst = newestFirst;
    }

    static JobSort parse(String text) {
        RequestParameterParser.requireChoice("sort", text, CHOICES);
        return Arrays.stream(values())
                .filter(sort -> sort.apiName.equals(text))
                .findFirst()
                .orElseThrow();
    }

    /**
     * Returns the order of a request. Only the jobs of one bot have an index by the time of acceptance. That index knows
     * nothing of an end, so it is not the default for a past range.
     */
    static JobSort of(@Nullable String text, JobFilter filter) {
        if (text == null) {
            return filter.bot() != null && filter.to() == null ? NEWEST_ACCEPTED : NEWEST;
        }
        JobSort sort = parse(text);
        if (sort.isByAcceptance() && filter.bot() == null) {
            throw ApiException.badParameter("sort", "sort: " + text + " needs bot; expected -firstTime or firstTime");
        }
        return sort;
    }

    String apiName() {
        return apiName;
    }

    boolean isByAcceptance() {
        return column.equals("accepted_at");
    }

    /** The order of jobs without a time of acceptance, which follow those with one. */
    JobSort withoutAcceptance() {
        return newestFirst ? NEWEST : OLDEST;
    }

    /** The {@code order by} of a statement, in an order of its index. */
    String orderBy() {
        return newestFirst ? column + " desc, job_id" : column + ", job_id desc";
    }

    /** The condition for what follows {@code :afterTime} and {@code :afterId}, whose first part is a range of the index. */
    String afterCursor() {
        return newestFirst
                ? column + " <= :afterTime and (" + column + " < :afterTime or job_id > :afterId)"
                : column + " >= :afterTime and (" + column + " > :afterTime or job_id < :afterId)";
    }

    /** A field name, with a minus sign for a descending order. */
    static final class JobSortRule implements ParameterRule {

        @Override
        public void check(String parameter, String value) {
            JobSort.parse(value);
        }
    }
}
