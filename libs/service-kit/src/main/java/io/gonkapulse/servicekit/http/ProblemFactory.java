package io.gonkapulse.servicekit.http;

import java.net.URI;
import java.util.Map;
import org.springframework.http.ProblemDetail;

/** Creates the bodies of refusals (RFC 9457). */
public final class ProblemFactory {

    private static final URI TYPE = URI.create("about:blank");

    private ProblemFactory() {}

    /**
     * Spring omits the type of a problem without one, but our APIs promise it.
     *
     * @param id of the request
     */
    public static ProblemDetail create(ProblemType type, String detail, Map<String, Object> properties, String id) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(type.status(), detail);
        problem.setType(TYPE);
        problem.setProperty("code", type.apiName());
        properties.forEach(problem::setProperty);
        problem.setProperty("id", id);
        return problem;
    }
}
