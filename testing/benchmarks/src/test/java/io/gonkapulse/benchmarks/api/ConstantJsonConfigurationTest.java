package io.gonkapulse.benchmarks.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

class ConstantJsonConfigurationTest {

    @Test
    void sendsBodyOfRequestedSize() throws Exception {
        try (ConfigurableApplicationContext server = new SpringApplicationBuilder(ConstantJsonConfiguration.class)
                .run("--server.port=0", "--" + ConstantJsonConfiguration.SIZE + "=12345")) {
            URI address = URI.create("http://127.0.0.1:"
                    + server.getEnvironment().getProperty("local.server.port")
                    + MeasuredRoute.PAGE.path(1));
            HttpResponse<byte[]> response = HttpClient.newHttpClient()
                    .send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofByteArray());

            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
            assertThat(response.body()).hasSize(12_345);
        }
    }
}
