package io.gonkapulse.apigateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;

class ProblemAdviceTest {

    @Test
    void unexpectedFailureShowsOnlyId() {
        ResponseEntity<Object> response = new ProblemAdvice()
                .handleUnexpectedFailure(new IllegalStateException("secret"), ResponseCacheLoadTest.WITHOUT_HEADERS);

        assertThat(response.getStatusCode()).isEqualTo(HttpStatus.INTERNAL_SERVER_ERROR);
        assertThat(response.getBody()).isInstanceOfSatisfying(ProblemDetail.class, problem -> {
            assertThat(problem.getDetail()).isEqualTo("Internal error; report the id");
            assertThat(problem.getProperties()).containsOnlyKeys("code", "id").containsEntry("code", "internal_error");
        });
    }
}
