package io.gonkapulse.benchmarks.poller;

import io.gonkapulse.testkit.network.http.Exchange;
import io.gonkapulse.testkit.network.http.Request;
import io.gonkapulse.testkit.network.http.Responder;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Answers as another site did when it was asked the same for the first time: making an answer is not what is measured. */
final class Recording implements Responder {

    private static final List<String> DECIDING = List.of("accept-encoding", "x-cosmos-block-height");
    private static final List<String> REPEATED = List.of("content-type", "content-encoding");

    private final HttpClient client = HttpClient.newHttpClient();
    private final Map<HttpRequest, HttpResponse<byte[]>> answers = new ConcurrentHashMap<>();
    private final String original;

    Recording(String original) {
        this.original = original;
    }

    @Override
    public void respond(Request request, Exchange exchange) throws IOException {
        HttpResponse<byte[]> answer = answers.computeIfAbsent(question(request), this::ask);
        Map<String, String> headers = new LinkedHashMap<>();
        REPEATED.forEach(name -> answer.headers().firstValue(name).ifPresent(value -> headers.put(name, value)));
        try (OutputStream body = exchange.start(answer.statusCode(), headers)) {
            body.write(answer.body());
        }
    }

    private HttpRequest question(Request request) {
        HttpRequest.Builder question = HttpRequest.newBuilder(URI.create(original + request.target()));
        DECIDING.forEach(name -> request.header(name).ifPresent(value -> question.header(name, value)));
        return question.build();
    }

    private HttpResponse<byte[]> ask(HttpRequest question) {
        return client.sendAsync(question, BodyHandlers.ofByteArray()).join();
    }
}
