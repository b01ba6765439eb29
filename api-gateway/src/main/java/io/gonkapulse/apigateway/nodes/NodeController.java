package io.gonkapulse.apigateway.nodes;

import io.gonkapulse.apigateway.web.Answer;
import io.gonkapulse.apigateway.web.Freshness;
import io.gonkapulse.apigateway.web.RequestParameters;
import io.gonkapulse.apigateway.web.SharedAnswers;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.stream.Stream;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

@RestController
class NodeController {

    private final SharedAnswers answers;
    private final PageRepository pages;
    private final NodeRepository nodes;
    private final Freshness freshness;

    NodeController(SharedAnswers answers, PageRepository pages, NodeRepository nodes, Freshness freshness) {
        this.answers = answers;
        this.pages = pages;
        this.nodes = nodes;
        this.freshness = freshness;
    }

    @GetMapping(path = "/api/v1/nodes", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<NodeList> list(HttpServletRequest request) {
        PageQuestion question = PageQuestion.of(request);
        Answer<NodePage> answer = answers.to(question, () -> pages.find(question));
        NodePage page = answer.value();
        return freshness.respond(
                answer,
                new NodeList(
                        page.nodes().stream()
                                .map(row -> Node.of(row, freshness))
                                .toList(),
                        page.nextCursor()),
                page.nodes().stream().flatMap(NodeController::fetched));
    }

    @GetMapping(path = "/api/v1/nodes/{identifier}", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<NodeDetails> one(@PathVariable String identifier, HttpServletRequest request) {
        RequestParameters.of(request);
        NodeQuestion question = NodeQuestion.of(identifier, freshness.today());
        Answer<NodeHistory> answer = answers.to(question, () -> nodes.find(question));
        return freshness.respond(
                answer,
                NodeDetails.of(answer.value(), freshness),
                fetched(answer.value().node()));
    }

    private static Stream<Instant> fetched(NodeRow row) {
        return row.stats() == null ? Stream.of() : Stream.of(row.stats().fetchedAt());
    }
}
