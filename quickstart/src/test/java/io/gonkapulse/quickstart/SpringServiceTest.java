package io.gonkapulse.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gonkapulse.localservers.LoopbackPort;
import io.gonkapulse.quickstart.ComponentStack.StartedComponent;
import io.gonkapulse.quickstart.ComponentStack.StartupStep;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.core.env.Environment;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

class SpringServiceTest {

    private final ByteArrayOutputStream output = new ByteArrayOutputStream();
    private final ComponentStack stack = new ComponentStack(new QuickstartConsole(
            new PrintStream(output, true, StandardCharsets.UTF_8), InstantSource.fixed(Instant.EPOCH)));

    @Test
    void servicesHaveOwnPortsAndSettings() throws Exception {
        int firstPort = LoopbackPort.findFree();
        int secondPort = LoopbackPort.findFree();
        stack.start(List.of(
                new SpringService("first", GreetingController.class, firstPort, Map.of("kafka", "here:1"))
                        .startupStep(),
                new SpringService("second", GreetingController.class, secondPort, Map.of("kafka", "there:2"))
                        .startupStep()));

        assertThat(get(firstPort)).isEqualTo("first says good morning over here:1");
        assertThat(get(secondPort)).isEqualTo("second says good night over there:2");

        stack.stop();
        assertThatThrownBy(() -> get(firstPort)).isInstanceOf(IOException.class);
        assertThat(output.toString(StandardCharsets.UTF_8))
                .containsSubsequence("first", "http://127.0.0.1:" + firstPort, "second", "Stopping", "second", "first");
    }

    @Test
    void stopsStartedStepsAfterFailure() {
        int port = LoopbackPort.findFree();
        StartupStep good = new SpringService("first", GreetingController.class, port, Map.of()).startupStep();
        StartupStep bad = new StartupStep("broken", () -> {
            throw new IllegalStateException("no endpoint");
        });

        assertThatThrownBy(() -> stack.start(List.of(good, bad))).hasMessage("no endpoint");
        assertThatThrownBy(() -> get(port)).isInstanceOf(IOException.class);
    }

    @Test
    void stopsRemainingComponentsAfterFailure() {
        int port = LoopbackPort.findFree();
        stack.start(List.of(
                new SpringService("first", GreetingController.class, port, Map.of()).startupStep(),
                new StartupStep(
                        "stubborn",
                        () -> new StartedComponent(List.of("nowhere"), () -> {
                            throw new IllegalStateException("not today");
                        }))));

        stack.stop();

        assertThatThrownBy(() -> get(port)).isInstanceOf(IOException.class);
        assertThat(output.toString(StandardCharsets.UTF_8)).contains("stubborn", "not today", "first");
    }

    private static String get(int port) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }

    /** A minimal service; its greeting is in the file with its name. */
    @EnableAutoConfiguration
    @RestController
    record GreetingController(Environment environment) {

        @GetMapping("/")
        String greet() {
            return environment.getProperty("spring.application.name")
                    + " says "
                    + environment.getProperty("greeting")
                    + " over "
                    + environment.getProperty("kafka");
        }
    }
}
