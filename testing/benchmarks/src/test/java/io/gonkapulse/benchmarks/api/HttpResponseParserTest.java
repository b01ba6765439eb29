package io.gonkapulse.benchmarks.api;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpResponseParserTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 \r\nContent-Length: 5\r\nETag: W/\"a\"\r\n\r\nhello",
                "HTTP/1.1 200 \r\nETag: W/\"a\"\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nhel\r\n2\r\nlo\r\n0\r\n\r\n",
                "HTTP/1.1 304 \r\nETag: W/\"a\"\r\n\r\n"
            })
    void completesWithLastByte(String text) {
        HttpResponseParser parser = new HttpResponseParser();
        byte[] bytes = text.getBytes(ISO_8859_1);
        for (byte one : bytes) {
            assertThat(parser.isComplete()).isFalse();
            parser.append(new byte[] {one}, 1);
        }

        assertThat(parser.isComplete()).isTrue();
        assertThat(parser.status()).isIn(200, 304);
        assertThat(parser.header("etag")).isEqualTo("W/\"a\"");
        assertThat(parser.header("retry-after")).isEmpty();
    }

    @Test
    void resetsForNextResponse() {
        HttpResponseParser parser = new HttpResponseParser();
        byte[] bytes = "HTTP/1.1 503 \r\nContent-Length: 0\r\n\r\n".getBytes(ISO_8859_1);
        parser.append(bytes, bytes.length);
        assertThat(parser.isComplete()).isTrue();
        parser.reset();

        assertThat(parser.isComplete()).isFalse();
    }
}
