package io.gonkapulse.apigateway.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URLEncoder;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;

/** What the CSV form of a route needs besides its table. */
public final class CsvResponse {

    public static final String MEDIA_TYPE = "text/csv";

    private CsvResponse() {}

    /** Creates a file name from a word and an optional identifier, without characters that a file system refuses. */
    public static String fileName(String word, @Nullable String identifier) {
        return (identifier == null ? word : word + '-' + identifier.strip().replaceAll("[^A-Za-z0-9.]", "-")) + ".csv";
    }

    /** Returns path and query of the next page, because a table has no place for its cursor; null on the last page. */
    public static @Nullable String nextPage(HttpServletRequest request, @Nullable String cursor) {
        if (cursor == null) {
            return null;
        }
        Map<String, String[]> parameters = new LinkedHashMap<>(request.getParameterMap());
        parameters.put("cursor", new String[] {cursor});
        return parameters.entrySet().stream()
                .flatMap(parameter -> Arrays.stream(parameter.getValue())
                        .map(value -> encode(parameter.getKey()) + '=' + encode(value)))
                .collect(Collectors.joining("&", request.getRequestURI() + '?', ""));
    }

    /** Not by Spring's UriComponentsBuilder, which keeps plus signs and braces in values. */
    private static String encode(String text) {
        return URLEncoder.encode(text, UTF_8);
    }

    /** The {@code Accept} header selects the format, so shared caches must distinguish by it. */
    public static ResponseEntity<byte[]> varyByAccept(ResponseEntity<byte[]> response) {
        return ResponseEntity.status(response.getStatusCode())
                .headers(response.getHeaders())
                .header(HttpHeaders.VARY, HttpHeaders.ACCEPT)
                .body(response.getBody());
    }
}
