package io.gonkapulse.testkit.network.face;

import io.gonkapulse.testkit.network.fault.BodyFaults;
import io.gonkapulse.testkit.network.fault.FieldFaults;
import io.gonkapulse.testkit.network.fault.Refusal;
import io.gonkapulse.testkit.network.http.Exchange;
import io.gonkapulse.testkit.network.http.Request;
import io.gonkapulse.testkit.network.http.Responder;
import io.gonkapulse.testkit.network.json.GeneratedJson;
import io.gonkapulse.testkit.network.quirk.Quirk;
import io.gonkapulse.testkit.network.quirk.ShownQuirks;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import tools.jackson.core.JsonEncoding;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.json.JsonFactory;

/** Brings a site's reply to a client through all the faults that are shown. */
final class FaceResponder implements Responder {

    private final Site site;
    private final ShownQuirks shown;
    private final AnswerCounts counts;
    private final JsonFactory json = new JsonFactory();

    FaceResponder(Site site, ShownQuirks shown, AnswerCounts counts) {
        this.site = site;
        this.shown = shown;
        this.counts = counts;
    }

    @Override
    public void respond(Request request, Exchange exchange) throws IOException {
        Set<Quirk> quirks = shown.take();
        Reply reply = site.reply(request, quirks);
        Optional<Refusal> refusal = Refusal.of(quirks, request.header("host").orElse("localhost"), request.target());
        if (refusal.isPresent()) {
            counts.add(reply.route(), refusal.get().status());
            refuse(refusal.get(), exchange);
        } else {
            counts.add(reply.route(), reply.status());
            send(reply, request, exchange, quirks);
        }
    }

    private static void refuse(Refusal refusal, Exchange exchange) throws IOException {
        try (OutputStream body = exchange.start(refusal.status(), refusal.headers())) {
            body.write(refusal.body().getBytes(StandardCharsets.UTF_8));
        }
    }

    private void send(Reply reply, Request request, Exchange exchange, Set<Quirk> quirks) throws IOException {
        boolean compressed = quirks.contains(Quirk.GZIP_UNASKED)
                || request.header("accept-encoding")
                        .filter(accepted -> accepted.contains("gzip"))
                        .isPresent();
        OutputStream transport =
                BodyFaults.spoilTransport(exchange.start(reply.status(), headers(reply, compressed)), exchange, quirks);
        OutputStream body = compressed ? new GZIPOutputStream(transport, 16_384) : transport;
        write(reply, BodyFaults.spoilDocument(body, quirks), quirks);
    }

    /** Closed only when all went well: closing it would make an end where the document broke off. */
    private void write(Reply reply, OutputStream body, Set<Quirk> quirks) throws IOException {
        try {
            JsonGenerator generator = json.createGenerator(ObjectWriteContext.empty(), body, JsonEncoding.UTF8);
            reply.body().accept(FieldFaults.spoil(new GeneratedJson(generator), quirks));
            generator.close();
        } catch (JacksonIOException e) {
            throw e.getCause();
        }
    }

    private static Map<String, String> headers(Reply reply, boolean compressed) {
        Map<String, String> headers = new LinkedHashMap<>(reply.headers());
        headers.put("Content-Type", "application/json");
        if (compressed) {
            headers.put("Content-Encoding", "gzip");
        }
        return headers;
    }
}
