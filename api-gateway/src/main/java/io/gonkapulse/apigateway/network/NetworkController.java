package io.gonkapulse.apigateway.network;

import io.gonkapulse.apigateway.web.Answer;
import io.gonkapulse.apigateway.web.Freshness;
import io.gonkapulse.apigateway.web.Question;
import io.gonkapulse.apigateway.web.RequestParameters;
import io.gonkapulse.apigateway.web.SharedAnswers;
import jakarta.servlet.http.HttpServletRequest;
import java.util.stream.Stream;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
class NetworkController {

    private final SharedAnswers answers;
    private final NetworkRepository network;
    private final Freshness freshness;

    NetworkController(SharedAnswers answers, NetworkRepository network, Freshness freshness) {
        this.answers = answers;
        this.network = network;
        this.freshness = freshness;
    }

    @GetMapping(path = "/api/v1/network", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Network> now(HttpServletRequest request) {
        RequestParameters.of(request);
        Answer<NetworkRow> answer = answers.to(new NetworkQuestion(), network::find);
        Network body = Network.of(answer.value(), freshness);
        return freshness.respond(
                new Answer<>(answer.value(), answer.tag() + body.state()), body, Stream.ofNullable(body.blockTime()));
    }

    private record NetworkQuestion() implements Question<NetworkRow> {}
}
