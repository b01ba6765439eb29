package io.gonkapulse.trackerpoller.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.networksimulator.SteppedClock;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.http.converter.autoconfigure.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

@Tag("slow")
class Http2Test {

    private static final String OFFER = "http2-settings";

    @Test
    void usesHttp2WhenOffered() {
        try (ConfigurableApplicationContext server = serverWithHttp2("true")) {
            ClientFixture fixture = fixture(server);
            // The first request offers an upgrade; later requests use it and offer nothing.
            assertThat(fixture.get("/")).contains(OFFER);
            assertThat(fixture.get("/")).startsWith("[").doesNotContain(OFFER);
        }
    }

    @Test
    void fallsBackToHttp1() {
        try (ConfigurableApplicationContext server = serverWithHttp2("false")) {
            ClientFixture fixture = fixture(server);
            assertThat(fixture.get("/")).contains(OFFER);
            assertThat(fixture.get("/")).contains(OFFER);
        }
    }

    private static ClientFixture fixture(ConfigurableApplicationContext server) {
        String port = server.getEnvironment().getRequiredProperty("local.server.port");
        return new ClientFixture(SteppedClock.at(ClientFixture.START), "http://127.0.0.1:" + port);
    }

    private static ConfigurableApplicationContext serverWithHttp2(String enabled) {
        return new SpringApplicationBuilder(HeaderEchoController.class)
                .properties(Map.of(
                        "spring.config.name", "none",
                        "server.port", "0",
                        "server.address", "127.0.0.1",
                        "server.http2.enabled", enabled))
                .run();
    }

    /** Responds with the names of the request's headers. */
    @RestController
    @ImportAutoConfiguration({
        TomcatServletWebServerAutoConfiguration.class,
        DispatcherServletAutoConfiguration.class,
        WebMvcAutoConfiguration.class,
        HttpMessageConvertersAutoConfiguration.class
    })
    static class HeaderEchoController {

        @GetMapping(path = "/", produces = "application/json")
        String headers(@RequestHeader Map<String, String> headers) {
            return headers.keySet().stream()
                    .map(name -> '"' + name.toLowerCase(Locale.ROOT) + '"')
                    .toList()
                    .toString();
        }
    }
}
