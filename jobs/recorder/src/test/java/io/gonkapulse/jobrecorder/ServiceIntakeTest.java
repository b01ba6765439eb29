package io.gonkapulse.jobrecorder;

import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.jobrecorder.intake.TestIntake;
import io.gonkapulse.testkit.junit.RealInfrastructure;
import io.gonkapulse.testkit.junit.TestBroker;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;

@RealInfrastructure
class ServiceIntakeTest {

    @Test
    void acceptsEventsWithoutDatabase(TestBroker broker) {
        TestIntake.createTopic(broker);
        String now =
                InstantSource.system().instant().truncatedTo(ChronoUnit.MILLIS).toString();
        String event = TestIntake.event("0199c1a0-0000-7000-8000-000000000001", "started", "nightly")
                .replace("2026-03-10T11:59:00Z", now);
        try (TestIntake service =
                new TestIntake(JobRecorderConfiguration.class, broker, "--recorder.anonymous=loopback").connected()) {
            assertThat(service.postEvents(event).statusCode()).isEqualTo(202);
        }
    }
}
