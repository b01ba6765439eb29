package io.gonkapulse.apigateway.jobs;

import io.gonkapulse.apigateway.http.ParameterRule;
import io.gonkapulse.apigateway.http.RequestParameterParser;
import java.util.Arrays;
import java.util.List;

/** A sort order of jobs, by first time. Jobs of the same time are sorted by id. */
enum JobSort {
    NEWEST("-firstTime"),
    OLDEST("firstTime");

    private static final List<String> CHOICES =
            Arrays.stream(values()).map(JobSort::apiName).toList();

    private final String apiName;

    JobSort(String apiName) {
        this.apiName = apiName;
    }

    static JobSort parse(String text) {
        RequestParameterParser.requireChoice("sort", text, CHOICES);
        return Arrays.stream(values())
                .filter(sort -> sort.apiName.equals(text))
                .findFirst()
                .orElseThrow();
    }

    String apiName() {
        return apiName;
    }

    /** The order of idx_jobs_first_time. */
    String orderBy() {
        return this == NEWEST ? "first_time desc, job_id" : "first_time, job_id desc";
    }

    /** The order of the indexes that begin with another column. No job has a null there, but the planner sees it. */
    String orderByOfKey() {
        return this == NEWEST ? "first_time desc nulls last, job_id" : "first_time nulls first, job_id desc";
    }

    /** The condition for what follows {@code :afterTime} and {@code :afterId}, whose first part is a range of the index. */
    String afterCursor() {
        return this == NEWEST
                ? "first_time <= :afterTime and (first_time < :afterTime or job_id > :afterId)"
                : "first_time >= :afterTime and (first_time > :afterTime or job_id < :afterId)";
    }

    /** A field name, with a minus sign for a descending order. */
    static final class JobSortRule implements ParameterRule {

        @Override
        public void check(String parameter, String value) {
            JobSort.parse(value);
        }
    }
}
