package io.gonkapulse.apigateway.trackers;

import io.gonkapulse.apigateway.keys.RequestRights;
import io.gonkapulse.apigateway.settings.GatewayProperties;
import io.gonkapulse.apigateway.settings.KeyRight;
import io.gonkapulse.apigateway.web.Answer;
import io.gonkapulse.apigateway.web.Freshness;
import io.gonkapulse.apigateway.web.Question;
import io.gonkapulse.apigateway.web.RequestParameters;
import io.gonkapulse.apigateway.web.SharedAnswers;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
class TrackerController {

    private final SharedAnswers answers;
    private final TrackerRepository trackers;
    private final Freshness freshness;
    private final boolean everybodyMaySee;

    TrackerController(
            SharedAnswers answers, TrackerRepository trackers, Freshness freshness, GatewayProperties properties) {
        this.answers = answers;
        this.trackers = trackers;
        this.freshness = freshness;
        this.everybodyMaySee = properties.publicRights().contains(KeyRight.TRACKERS);
    }

    @GetMapping(path = "/api/v1/trackers", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<TrackerList> all(HttpServletRequest request) {
        RequestParameters.of(request);
        boolean internals = RequestRights.has(request, KeyRight.TRACKERS);
        Answer<List<TrackerRow>> answer = answers.to(new TrackersQuestion(internals), () -> find(internals));
        ResponseEntity<TrackerList> response = internals && !everybodyMaySee
                ? freshness.respondPrivately(answer, TrackerList.of(answer.value()))
                : freshness.respond(answer, TrackerList.of(answer.value()), Stream.of());
        return ResponseEntity.status(response.getStatusCode())
                .headers(response.getHeaders())
                .header(HttpHeaders.VARY, HttpHeaders.AUTHORIZATION, "X-Api-Key")
                .body(response.getBody());
    }

    private List<TrackerRow> find(boolean internals) {
        List<TrackerRow> rows = trackers.find(freshness.now());
        return internals
                ? rows
                : rows.stream().map(TrackerRow::withoutInternals).toList();
    }

    /** Each view has its own shared answer and its own tag. */
    private record TrackersQuestion(boolean internals) implements Question<List<TrackerRow>> {}
}
