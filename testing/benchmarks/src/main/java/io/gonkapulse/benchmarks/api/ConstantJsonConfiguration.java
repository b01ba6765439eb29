package io.gonkapulse.benchmarks.api;

import static java.nio.charset.StandardCharsets.US_ASCII;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/**
 * The gateway's HTTP server with the gateway's settings, but without filters, controllers and database: it sends the
 * same JSON to every request.
 */
@Configuration(proxyBeanMethods = false)
@ImportAutoConfiguration(TomcatServletWebServerAutoConfiguration.class)
class ConstantJsonConfiguration {

    static final String SIZE = "benchmarks.body-size";

    @Bean
    ServletRegistrationBean<ConstantJsonServlet> constantJson(Environment environment) {
        int size = environment.getRequiredProperty(SIZE, Integer.class);
        return new ServletRegistrationBean<>(new ConstantJsonServlet(size), "/*");
    }

    /** Sends a JSON string of a given length. */
    static final class ConstantJsonServlet extends HttpServlet {

        private static final long serialVersionUID = 1L;
        private static final int QUOTES = 2;

        private final byte[] body;

        ConstantJsonServlet(int size) {
            this.body = ('"' + "x".repeat(size - QUOTES) + '"').getBytes(US_ASCII);
        }

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.setContentType("application/json");
            response.setContentLength(body.length);
            response.getOutputStream().write(body);
        }
    }
}
