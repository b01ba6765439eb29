package io.gonkapulse.apigateway.http;

import io.gonkapulse.servicekit.http.ProblemFactory;
import io.gonkapulse.servicekit.http.RequestIdContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Writes a problem as the response of a filter. */
@Component
public class ProblemWriter {

    private static final Pattern ENCODED_SLASH = Pattern.compile("%2f|%5c", Pattern.CASE_INSENSITIVE);

    private final JsonMapper mapper;

    ProblemWriter(JsonMapper mapper) {
        this.mapper = mapper;
    }

    public void write(HttpServletRequest request, HttpServletResponse response, ProblemCode code, String detail)
            throws IOException {
        byte[] body = mapper.writeValueAsBytes(
                ProblemFactory.create(code, detail, Map.of(), RequestIdContext.requestId(request)));
        response.setStatus(code.status().value());
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        response.setHeader("Cache-Control", "no-store");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    /** Writes the problem of a refusal by the HTTP server, of which only the status and the sent path are known. */
    public void writeForStatus(HttpServletRequest request, HttpServletResponse response, int status)
            throws IOException {
        ProblemCode code = ProblemCode.ofStatus(status);
        write(request, response, code, explain(code, request.getRequestURI()));
    }

    private static String explain(ProblemCode code, @Nullable String path) {
        return switch (code) {
            case MALFORMED_REQUEST ->
                path != null && ENCODED_SLASH.matcher(path).find()
                        ? "The path contains an encoded slash or backslash, which the server refuses; look up"
                                + " such an identifier by /api/v1/nodes?identifier="
                        : "The HTTP request is malformed: expected a path of letters, digits and -._~/ with all others"
                                + " %-encoded as UTF-8, a Host header, and not more than 16 kB (by default) of headers";
            case EXPECTATION_FAILED -> "Expect: expected 100-continue, or no such header";
            case NOT_IMPLEMENTED -> "The method or the Transfer-Encoding is not supported; send GET without a body";
            case HTTP_VERSION_NOT_SUPPORTED -> "The version of HTTP is not supported; send HTTP/1.1";
            default -> code.status().getReasonPhrase();
        };
    }
}
