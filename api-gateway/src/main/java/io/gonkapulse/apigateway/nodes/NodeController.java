package io.gonkapulse.apigateway.nodes;

import io.gonkapulse.apigateway.web.Freshness;
import io.gonkapulse.apigateway.web.RequestParameters;
import io.gonkapulse.apigateway.web.Writing;
import io.gonkapulse.apigateway.web.WrittenAnswers;
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

    private final WrittenAnswers answers;
    private final PageRepository pages;
    private final NodeRepository nodes;
    private final Freshness freshness;

    NodeController(WrittenAnswers answers, PageRepository pages, NodeRepository nodes, Freshness freshness) {
        this.answers = answers;
        this.pages = pages;
        this.nodes = nodes;
        this.freshness = freshness;
    }

    @GetMapping(path = "/api/v1/nodes", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> list(HttpServletRequest request) {
        PageQuestion question = PageQuestion.of(request);
        return answers.to(
                question,
                new Writing<>(
                        () -> pages.find(question),
                        NodeList::of,
                        page -> page.nodes().stream().flatMap(NodeController::fetched)),
                request);
    }

    @GetMapping(path = "/api/v1/nodes/{identifier}", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> one(@PathVariable String identifier, HttpServletRequest request) {
        RequestParameters.of(request);
        NodeQuestion question = NodeQuestion.of(identifier, freshness.today());
        return answers.to(
                question,
                new Writing<>(() -> nodes.find(question), NodeDetails::of, history -> fetched(history.node())),
                request);
    }

    private static Stream<Instant> fetched(NodeRow row) {
        return row.stats() == null ? Stream.of() : Stream.of(row.stats().fetchedAt());
    }
}
