package io.gonkapulse.apigateway.jobs;

import io.gonkapulse.apigateway.core.GatewayProperties;
import io.gonkapulse.apigateway.core.QueryClient;
import io.gonkapulse.apigateway.http.ApiException;
import java.time.Instant;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Reads one job. */
@Repository
class JobRepository {

    /** Uses jobs_pkey of one partition. */
    static final String FIND = """
            select *
              from audit.jobs_api
             where job_id = :id
            """;

    private final QueryClient queryClient;
    private final JdbcClient client;
    private final JobDetailsReader details;

    JobRepository(QueryClient queryClient, GatewayProperties properties, JobDetailsReader details) {
        this.queryClient = queryClient;
        this.client = queryClient.createJdbcClient(properties.lookupTimeout());
        this.details = details;
    }

    /**
     * Finds a job with its stages.
     *
     * @param now up to which finished runs count for the expected end of a running job
     */
    JobResponse find(UUID id, Instant now) {
        return queryClient.runLookup(() -> client.sql(FIND)
                .param("id", id)
                .query(JobRowMapper::mapJob)
                .optional()
                .map(job -> details.addToJob(job, now))
                .orElseThrow(() -> ApiException.unknownJob(id)));
    }
}
