package io.gonkapulse.apigateway.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Writes a problem as the response of a filter. */
@Component
public class ProblemWriter {

    private static final URI TYPE = URI.create("about:blank");

    private final JsonMapper mapper;

    ProblemWriter(JsonMapper mapper) {
        this.mapper = mapper;
    }

    public void write(HttpServletRequest request, HttpServletResponse response, ProblemCode code, String detail)
            throws IOException {
        byte[] body =
                mapper.writeValueAsBytes(createProblem(code, detail, Map.of(), RequestIdContext.requestId(request)));
        response.setStatus(code.status().value());
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        response.setHeader("Cache-Control", "no-store");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    /** Writes the problem of a refusal by the HTTP server, of which only the status is known. */
    public void writeForStatus(HttpServletRequest request, HttpServletResponse response, int status)
            throws IOException {
        ProblemCode code = ProblemCode.ofStatus(status);
        write(request, response, code, code.status().getReasonPhrase());
    }

    /** Spring omits the type of a problem without one, but the API promises it. */
    static ProblemDetail createProblem(ProblemCode code, String detail, Map<String, Object> properties, String id) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(code.status(), detail);
        problem.setType(TYPE);
        problem.setProperty("code", code.apiName());
        properties.forEach(problem::setProperty);
        problem.setProperty("id", id);
        return problem;
    }
}
