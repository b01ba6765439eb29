package io.gonkapulse.benchmarks;

import io.gonkapulse.benchmarks.consumers.FlatSnapshot;
import io.gonkapulse.contracts.Snapshot;
import io.gonkapulse.contracts.json.SnapshotCodec;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/** One operation processes one snapshot. Method names are result labels, so {@link CodecSuite} refers to them. */
@State(Scope.Benchmark)
public class CodecBenchmark {

    private final SnapshotCodec codec = new SnapshotCodec();
    private final JsonFactory factory = new JsonFactory();
    private final ObjectReader reader = JsonMapper.shared().readerFor(FlatSnapshot.class);
    private final ObjectWriter writer = JsonMapper.shared().writerFor(FlatSnapshot.class);

    /** The limit: reads every token and converts no value. */
    @Benchmark
    public int scan(SnapshotSamples samples) {
        int tokens = 0;
        try (JsonParser parser = factory.createParser(ObjectReadContext.empty(), samples.nextJson())) {
            while (parser.nextToken() != null) {
                tokens++;
            }
        }
        return tokens;
    }

    @Benchmark
    public Snapshot decode(SnapshotSamples samples) {
        return codec.decode(samples.nextJson());
    }

    @Benchmark
    public Object decodeByDatabind(SnapshotSamples samples) {
        return reader.readValue(samples.nextJson());
    }

    @Benchmark
    public byte[] encode(SnapshotSamples samples) {
        return codec.encode(samples.nextMessage());
    }

    @Benchmark
    public byte[] encodeByDatabind(SnapshotSamples.FlatSamples samples) {
        return writer.writeValueAsBytes(samples.next());
    }
}
