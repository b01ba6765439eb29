package io.gonkapulse.jobrecorder.intake;

import static io.gonkapulse.jobrecorder.intake.TestIntake.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gonkapulse.testkit.junit.DedicatedBroker;
import io.gonkapulse.testkit.junit.RealInfrastructure;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.Test;

@RealInfrastructure
class IntakeOutageTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final String LINE = event("0199c1a0-0000-7000-8000-000000000001", "started", "nightly");

    private final DedicatedBroker broker;

    IntakeOutageTest(DedicatedBroker broker) {
        this.broker = broker;
    }

    @Test
    void refusesWhileKafkaIsAway() {
        TestIntake.createTopic(broker);
        try (TestIntake intake = new TestIntake(broker, "--recorder.anonymous=loopback").connected()) {
            assertThat(intake.postEvents(LINE).statusCode()).isEqualTo(202);

            broker.stop();
            HttpResponse<String> response = intake.postEvents(LINE + "\n" + LINE);
            assertThat(response.statusCode()).isEqualTo(503);
            assertThat(response.headers().firstValue("Retry-After")).hasValue("5");
            assertThat(response.body()).contains("kafka_unavailable");
            assertThat(intake.requests("kafka_unavailable")).isEqualTo(1);

            broker.start();
            await().atMost(TIMEOUT).until(() -> intake.postEvents(LINE).statusCode() == 202);
        }
    }

    @Test
    void startsWithoutKafka() {
        broker.stop();
        try (TestIntake intake = new TestIntake(broker, "--recorder.anonymous=loopback")) {
            assertThat(intake.postEvents(LINE).statusCode()).isEqualTo(503);
        } finally {
            broker.start();
        }
    }
}
