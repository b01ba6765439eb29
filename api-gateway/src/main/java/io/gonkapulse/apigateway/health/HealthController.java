package io.gonkapulse.apigateway.health;

import io.gonkapulse.apigateway.web.Answer;
import io.gonkapulse.apigateway.web.Freshness;
import io.gonkapulse.apigateway.web.SharedAnswers;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

@RestController
class HealthController {

    private final SharedAnswers answers;
    private final HealthRepository health;
    private final Freshness freshness;

    HealthController(SharedAnswers answers, HealthRepository health, Freshness freshness) {
        this.answers = answers;
        this.health = health;
        this.freshness = freshness;
    }

    @GetMapping(path = "/api/v1/nodes/{identifier}/health", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<NodeHealth> ofNode(@PathVariable String identifier, HttpServletRequest request) {
        HealthQuestion question = HealthQuestion.of(identifier, request, freshness.today());
        Answer<List<HourRow>> answer = answers.to(question, () -> health.find(question));
        // The days that are meant without from and to move on at midnight, and the body names them.
        String tag = answer.tag()
                + '-'
                + question.range().from()
                + '-'
                + question.range().to();
        return freshness.respond(
                new Answer<>(answer.value(), tag), NodeHealth.of(question, answer.value()), Stream.of());
    }
}
