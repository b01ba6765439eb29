package io.gonkapulse.workercore.replay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.testkit.junit.RealInfrastructure;
import io.gonkapulse.testkit.junit.TestBroker;
import io.gonkapulse.testkit.junit.TestDatabase;
import io.gonkapulse.workercore.intake.Application;
import io.gonkapulse.workercore.intake.Batch;
import io.gonkapulse.workercore.intake.BatchHandler;
import io.gonkapulse.workercore.intake.Rejections;
import io.gonkapulse.workercore.intake.Workbench;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

@RealInfrastructure
class TopicReplayTest {

    private static final int LIMIT = 1 << 20;

    @Test
    void leavesOutOversizedBatches(TestBroker broker, TestDatabase database) throws Exception {
        Workbench.createTables(database);
        Workbench bench = new Workbench(broker, database, 1, DataSize.ofBytes(LIMIT));
        List<Application.Outcome> outcomes = new ArrayList<>();
        try {
            bench.sendTogether(0, "zstd", List.of("n1".getBytes(UTF_8)));
            bench.sendTogether(0, "zstd", Collections.nCopies(20, new byte[LIMIT / 10]));
            bench.sendTogether(0, "zstd", List.of("n2".getBytes(UTF_8)));
            Application<Batch> application = bench.application(new CountingHandler());

            TopicReplay.Progress end = new TopicReplay(Map.of("bootstrap.servers", broker.bootstrapServers()), LIMIT)
                    .read(
                            bench.topic().name(),
                            Optional.empty(),
                            batch -> outcomes.add(application.apply(batch)),
                            progress -> {});

            assertThat(end).isEqualTo(new TopicReplay.Progress(22, 22));
            assertThat(outcomes.stream().mapToLong(Application.Outcome::stored).sum())
                    .isEqualTo(2);
            assertThat(outcomes.stream()
                            .mapToLong(Application.Outcome::unusable)
                            .sum())
                    .isEqualTo(20);
        } finally {
            bench.close();
        }
    }

    private record CountingHandler() implements BatchHandler<Batch> {

        @Override
        public Batch reduce(Batch batch, Rejections rejections) {
            return batch;
        }

        @Override
        public long write(Batch work) {
            return work.size();
        }
    }
}
