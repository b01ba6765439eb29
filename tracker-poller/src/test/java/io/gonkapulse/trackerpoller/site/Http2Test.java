package io.gonkapulse.trackerpoller.site;

import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.testkit.network.time.SteppedClock;
import java.util.Locale;
import java.util.Map;
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

class Http2Test {

    private static final String OFFER = "http2-settings";

    @Test
    void speaksHttp2WhereItIsOffered() {
        try (ConfigurableApplicationContext server = serverWithHttp2("true")) {
            Asking asking = asking(server);
            // The first question still offers to change, the next one has nothing to offer any more.
            assertThat(asking.ask("/")).contains(OFFER);
            assertThat(asking.ask("/")).startsWith("[").doesNotContain(OFFER);
        }
    }

    @Test
    void speaksHttp1WhereItIsNot() {
        try (ConfigurableApplicationContext server = serverWithHttp2("false")) {
            Asking asking = asking(server);
            assertThat(asking.ask("/")).contains(OFFER);
            assertThat(asking.ask("/")).contains(OFFER);
        }
    }

    private static Asking asking(ConfigurableApplicationContext server) {
        String port = server.getEnvironment().getRequiredProperty("local.server.port");
        return new Asking(SteppedClock.at(Asking.START), Asking.patient("http://127.0.0.1:" + port));
    }

    private static ConfigurableApplicationContext serverWithHttp2(String enabled) {
        return new SpringApplicationBuilder(Mirror.class)
                .properties(Map.of(
                        "spring.config.name", "none",
                        "server.port", "0",
                        "server.address", "127.0.0.1",
                        "server.http2.enabled", enabled))
                .run();
    }

    /** Says what headers it was sent. */
    @RestController
    @ImportAutoConfiguration({
        TomcatServletWebServerAutoConfiguration.class,
        DispatcherServletAutoConfiguration.class,
        WebMvcAutoConfiguration.class,
        HttpMessageConvertersAutoConfiguration.class
    })
    static class Mirror {

        @GetMapping(path = "/", produces = "application/json")
        String headers(@RequestHeader Map<String, String> headers) {
            return headers.keySet().stream()
                    .map(name -> '"' + name.toLowerCase(Locale.ROOT) + '"')
                    .toList()
                    .toString();
        }
    }
}
