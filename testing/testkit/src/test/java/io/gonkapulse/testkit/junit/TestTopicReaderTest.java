package io.gonkapulse.testkit.junit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

@RealInfrastructure
class TestTopicReaderTest {

    @Test
    void readsExistingThenNewRecords(TestBroker broker) {
        broker.createTopic("letters", 3);
        broker.publish("letters", "a", "1".getBytes(UTF_8));
        broker.publish("letters", "b", "2".getBytes(UTF_8));
        try (TestTopicReader reader = broker.reader("letters")) {
            assertThat(reader.read())
                    .extracting(found -> new String(found.value(), UTF_8))
                    .containsExactlyInAnyOrder("1", "2");
            assertThat(reader.read()).isEmpty();

            broker.publish("letters", "a", null);
            assertThat(reader.read()).singleElement().satisfies(found -> {
                assertThat(found.key()).asString().isEqualTo("a");
                assertThat(found.value()).isNull();
                assertThat(found.offset()).isEqualTo(1);
                assertThat(found.headers()).isEmpty();
            });
        }
        assertThat(broker.records("letters")).hasSize(3);
    }
}
