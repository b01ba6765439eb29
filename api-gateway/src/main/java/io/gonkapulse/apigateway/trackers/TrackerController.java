package io.gonkapulse.apigateway.trackers;

import io.gonkapulse.apigateway.web.Answer;
import io.gonkapulse.apigateway.web.Freshness;
import io.gonkapulse.apigateway.web.Question;
import io.gonkapulse.apigateway.web.RequestParameters;
import io.gonkapulse.apigateway.web.SharedAnswers;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
class TrackerController {

    private final SharedAnswers answers;
    private final TrackerRepository trackers;
    private final Freshness freshness;

    TrackerController(SharedAnswers answers, TrackerRepository trackers, Freshness freshness) {
        this.answers = answers;
        this.trackers = trackers;
        this.freshness = freshness;
    }

    @GetMapping(path = "/api/v1/trackers", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<TrackerList> all(HttpServletRequest request) {
        RequestParameters.of(request);
        Answer<List<TrackerRow>> answer = answers.to(new TrackersQuestion(), () -> trackers.find(freshness.now()));
        return freshness.respond(answer, TrackerList.of(answer.value()), Stream.of());
    }

    private record TrackersQuestion() implements Question<List<TrackerRow>> {}
}
