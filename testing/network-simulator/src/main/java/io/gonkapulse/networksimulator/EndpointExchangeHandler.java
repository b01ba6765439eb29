package io.gonkapulse.networksimulator;

import io.gonkapulse.networksimulator.api.JsonDocumentWriter;
import io.gonkapulse.networksimulator.api.JsonDocumentWriter.RawJson;
import io.gonkapulse.networksimulator.faults.BodyFaults;
import io.gonkapulse.networksimulator.faults.EndpointFault;
import io.gonkapulse.networksimulator.faults.EndpointFaultRegistry;
import io.gonkapulse.networksimulator.faults.FaultResponse;
import io.gonkapulse.networksimulator.faults.FieldFaults;
import io.gonkapulse.networksimulator.http.LoopbackExchange;
import io.gonkapulse.networksimulator.http.LoopbackHttpServer.ExchangeHandler;
import io.gonkapulse.networksimulator.http.RequestHead;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonEncoding;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.json.JsonFactory;

/** Sends an endpoint's response to the client through all active faults. */
final class EndpointExchangeHandler implements ExchangeHandler {

    private final EndpointHandler handler;
    private final EndpointFaultRegistry faultRegistry;
    private final SimulatedEndpoint.ResponseCounts counts;
    private final JsonFactory json = new JsonFactory();

    EndpointExchangeHandler(
            EndpointHandler handler, EndpointFaultRegistry faultRegistry, SimulatedEndpoint.ResponseCounts counts) {
        this.handler = handler;
        this.faultRegistry = faultRegistry;
        this.counts = counts;
    }

    /** Counts the request with the status that the client receives, also when a fault replaces the response. */
    @Override
    public void handle(RequestHead request, LoopbackExchange exchange) throws IOException {
        Set<EndpointFault> faults = faultRegistry.consumeRequest();
        EndpointResponse response = handler.respond(request, faults);
        Optional<FaultResponse> refusal =
                FaultResponse.of(faults, request.header("host").orElse("localhost"), request.target());
        if (refusal.isPresent()) {
            counts.add(response.route(), refusal.get().status());
            sendInstead(refusal.get(), exchange);
        } else {
            counts.add(response.route(), response.status());
            send(response, request, exchange, faults);
        }
    }

    private static void sendInstead(FaultResponse refusal, LoopbackExchange exchange) throws IOException {
        try (OutputStream body = exchange.startResponse(refusal.status(), refusal.headers())) {
            body.write(refusal.body().getBytes(StandardCharsets.UTF_8));
        }
    }

    private void send(
            EndpointResponse response, RequestHead request, LoopbackExchange exchange, Set<EndpointFault> faults)
            throws IOException {
        boolean compressed = faults.contains(EndpointFault.GZIP_UNREQUESTED)
                || request.header("accept-encoding")
                        .filter(accepted -> accepted.contains("gzip"))
                        .isPresent();
        OutputStream transport = BodyFaults.wrapTransport(
                exchange.startResponse(response.status(), headers(response, compressed)), exchange, faults);
        OutputStream body = compressed ? new GZIPOutputStream(transport, 16_384) : transport;
        write(response, BodyFaults.wrapDocument(body, faults), faults);
    }

    /** Does not close the generator after a failure: closing it would complete the truncated document. */
    private void write(EndpointResponse response, OutputStream body, Set<EndpointFault> faults) throws IOException {
        try {
            JsonGenerator generator = json.createGenerator(ObjectWriteContext.empty(), body, JsonEncoding.UTF8);
            response.body().accept(FieldFaults.wrap(new JacksonDocumentWriter(generator), faults));
            generator.close();
        } catch (JacksonIOException e) {
            throw e.getCause();
        }
    }

    private static Map<String, String> headers(EndpointResponse response, boolean compressed) {
        Map<String, String> headers = new LinkedHashMap<>(response.headers());
        headers.put("Content-Type", "application/json");
        if (compressed) {
            headers.put("Content-Encoding", "gzip");
        }
        return headers;
    }

    /** Writes directly to a stream without buffering the document. */
    private static final class JacksonDocumentWriter implements JsonDocumentWriter {

        private final JsonGenerator generator;

        JacksonDocumentWriter(JsonGenerator generator) {
            this.generator = generator;
        }

        @Override
        public void startObject() {
            generator.writeStartObject();
        }

        @Override
        public void startObject(String name) {
            generator.writeObjectPropertyStart(name);
        }

        @Override
        public void endObject() {
            generator.writeEndObject();
        }

        @Override
        public void startArray(String name) {
            generator.writeArrayPropertyStart(name);
        }

        @Override
        public void endArray() {
            generator.writeEndArray();
        }

        @Override
        public void field(String name, @Nullable Object value) {
            generator.writeName(name);
            write(value);
        }

        @Override
        public void element(Object value) {
            write(value);
        }

        private void write(@Nullable Object value) {
            if (value == null) {
                generator.writeNull();
            } else if (value instanceof String text) {
                generator.writeString(text);
            } else if (value instanceof Boolean bool) {
                generator.writeBoolean(bool);
            } else if (value instanceof Double number) {
                generator.writeNumber(number);
            } else if (value instanceof Number number) {
                generator.writeNumber(number.longValue());
            } else if (value instanceof RawJson raw) {
                generator.writeRawValue(raw.text());
            } else {
                throw new IllegalArgumentException("Expected a JSON scalar, got a " + value.getClass());
            }
        }
    }
}
