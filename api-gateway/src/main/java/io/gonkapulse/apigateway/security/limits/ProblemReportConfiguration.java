package io.gonkapulse.apigateway.security.limits;

import io.gonkapulse.apigateway.http.ProblemWriter;
import io.gonkapulse.servicekit.http.RequestIdContext;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Makes Tomcat answer with problems where it refuses a request before any filter runs. */
@Configuration(proxyBeanMethods = false)
class ProblemReportConfiguration {

    /**
     * Has no order, so that it runs after Spring Boot's own customizers: the valve that was added last reports first, and
     * only the first one reports.
     */
    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> problemReport(ProblemWriter problems) {
        return factory -> factory.addContextCustomizers(
                context -> context.getParent().getPipeline().addValve(new ProblemReportValve(problems)));
    }

    /** Reports malformed requests, such as an encoded slash in a path. */
    private static final class ProblemReportValve extends ErrorReportValve {

        private final ProblemWriter problems;

        ProblemReportValve(ProblemWriter problems) {
            this.problems = problems;
        }

        @Override
        protected void report(Request request, Response response, @Nullable Throwable failure) {
            if (response.getStatus() < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
                return;
            }
            SecurityHeaderFilter.setHeaders(request, response);
            response.setHeader(RequestIdContext.HEADER, RequestIdContext.requestId(request));
            try {
                response.resetBuffer(true);
                problems.writeForStatus(request, response, response.getStatus());
                response.finishResponse();
            } catch (IOException e) {
                // The client is gone.
                container.getLogger().debug("Cannot send a problem", e);
            }
        }
    }
}
