package io.gonkapulse.apigateway.earnings;

import io.gonkapulse.apigateway.web.Answer;
import io.gonkapulse.apigateway.web.Freshness;
import io.gonkapulse.apigateway.web.SharedAnswers;
import io.gonkapulse.apigateway.web.Writing;
import io.gonkapulse.apigateway.web.WrittenAnswers;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

@RestController
class EarningsController {

    private static final String OF_NODE = "/api/v1/nodes/{identifier}/earnings";
    private static final String OF_ALL = "/api/v1/earnings";
    private static final String CSV = "text/csv";
    private static final MediaType CSV_IN_UTF8 = MediaType.parseMediaType("text/csv;charset=UTF-8");

    private final WrittenAnswers written;
    private final SharedAnswers answers;
    private final EarningsRepository earnings;
    private final Freshness freshness;

    EarningsController(
            WrittenAnswers written, SharedAnswers answers, EarningsRepository earnings, Freshness freshness) {
        this.written = written;
        this.answers = answers;
        this.earnings = earnings;
        this.freshness = freshness;
    }

    @GetMapping(path = OF_NODE, produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> ofNode(@PathVariable String identifier, HttpServletRequest request) {
        return json(EarningsQuestion.of(identifier, request, freshness.today()), request);
    }

    @GetMapping(path = OF_NODE, produces = CSV)
    ResponseEntity<String> ofNodeAsCsv(@PathVariable String identifier, HttpServletRequest request) {
        return csv(EarningsQuestion.of(identifier, request, freshness.today()));
    }

    @GetMapping(path = OF_ALL, produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> ofAll(HttpServletRequest request) {
        return json(EarningsQuestion.of(null, request, freshness.today()), request);
    }

    @GetMapping(path = OF_ALL, produces = CSV)
    ResponseEntity<String> ofAllAsCsv(HttpServletRequest request) {
        return csv(EarningsQuestion.of(null, request, freshness.today()));
    }

    private ResponseEntity<byte[]> json(EarningsQuestion question, HttpServletRequest request) {
        return varying(written.to(
                question,
                new Writing<>(
                        () -> earnings.find(question),
                        buckets -> Earnings.of(question, buckets),
                        buckets -> Stream.of()),
                request));
    }

    private ResponseEntity<String> csv(EarningsQuestion question) {
        Answer<List<Bucket>> answer = answers.to(question, () -> earnings.find(question));
        String table = EarningsCsv.of(Earnings.of(question, answer.value()));
        return varying(freshness.respond(answer, table, CSV_IN_UTF8, Stream.of()));
    }

    /** The same address has two forms. */
    private static <T> ResponseEntity<T> varying(ResponseEntity<T> response) {
        return ResponseEntity.status(response.getStatusCode())
                .headers(response.getHeaders())
                .header(HttpHeaders.VARY, HttpHeaders.ACCEPT)
                .body(response.getBody());
    }
}
