package io.gonkapulse.apigateway.http;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.util.UriComponentsBuilder;

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
        UriComponentsBuilder target = UriComponentsBuilder.fromPath(request.getRequestURI());
        request.getParameterMap().forEach((name, values) -> {
            if (!name.equals("cursor")) {
                target.queryParam(name, List.copyOf(Arrays.asList(values)));
            }
        });
        return target.queryParam("cursor", cursor).encode().toUriString();
    }

    /** The {@code Accept} header selects the format, so shared caches must distinguish by it. */
    public static ResponseEntity<byte[]> varyByAccept(ResponseEntity<byte[]> response) {
        return ResponseEntity.status(response.getStatusCode())
                .headers(response.getHeaders())
                .header(HttpHeaders.VARY, HttpHeaders.ACCEPT)
                .body(response.getBody());
    }
}
