package io.gonkapulse.quickstart;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** Receives OpenTelemetry spans as protobuf over HTTP and parses the fields that tests need. */
final class TraceCollector implements AutoCloseable {

    private final List<CollectedSpan> spans = new CopyOnWriteArrayList<>();
    private final HttpServer server;

    TraceCollector() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/traces", this::receive);
        server.start();
    }

    String endpoint() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    Stream<CollectedSpan> named(String name) {
        return spans.stream().filter(span -> span.name().equals(name));
    }

    /** ExportTraceServiceRequest, ResourceSpans (1), Resource (1), KeyValue (1), and ScopeSpans (2), Span (2). */
    private void receive(HttpExchange exchange) throws IOException {
        for (byte[] resource :
                ProtobufFields.of(exchange.getRequestBody().readAllBytes()).all(1)) {
            String service = ProtobufFields.of(resource)
                    .messages(1)
                    .flatMap(attributes -> attributes.all(1).stream().map(ProtobufFields::of))
                    .filter(attribute -> attribute.text(1).equals("service.name"))
                    .flatMap(attribute -> attribute.messages(2))
                    .map(value -> value.text(1))
                    .findFirst()
                    .orElseThrow();
            ProtobufFields.of(resource)
                    .messages(2)
                    .flatMap(scope -> scope.messages(2))
                    .forEach(span ->
                            spans.add(new CollectedSpan(service, span.text(5), span.hex(1), span.hex(2), span.hex(4))));
        }
        exchange.sendResponseHeaders(200, -1);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    /** The fields of a span that tests need. */
    record CollectedSpan(String service, String name, String trace, String id, String parent) {}

    /** Length-delimited fields of one message, by number. */
    private record ProtobufFields(List<ProtobufField> fields) {

        private static final int VARINT = 0;
        private static final int FIXED64 = 1;
        private static final int LENGTH_DELIMITED = 2;

        static ProtobufFields of(byte[] message) {
            List<ProtobufField> fields = new CopyOnWriteArrayList<>();
            int[] at = {0};
            while (at[0] < message.length) {
                int tag = (int) varint(message, at);
                switch (tag & 7) {
                    case VARINT -> varint(message, at);
                    case FIXED64 -> at[0] += 8;
                    case LENGTH_DELIMITED -> {
                        int length = (int) varint(message, at);
                        fields.add(new ProtobufField(tag >>> 3, Arrays.copyOfRange(message, at[0], at[0] + length)));
                        at[0] += length;
                    }
                    default -> at[0] += 4;
                }
            }
            return new ProtobufFields(fields);
        }

        private static long varint(byte[] message, int[] at) {
            long value = 0;
            for (int shift = 0; ; shift += 7) {
                byte next = message[at[0]++];
                value |= (long) (next & 0x7f) << shift;
                if (next >= 0) {
                    return value;
                }
            }
        }

        List<byte[]> all(int number) {
            return fields.stream()
                    .filter(field -> field.number() == number)
                    .map(ProtobufField::bytes)
                    .toList();
        }

        Stream<ProtobufFields> messages(int number) {
            return all(number).stream().map(ProtobufFields::of);
        }

        String text(int number) {
            return all(number).stream()
                    .map(bytes -> new String(bytes, UTF_8))
                    .findFirst()
                    .orElse("");
        }

        String hex(int number) {
            return all(number).stream()
                    .map(HexFormat.of()::formatHex)
                    .findFirst()
                    .orElse("");
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record ProtobufField(int number, byte[] bytes) {}
}
