package io.gonkapulse.testkit.local;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.apache.kafka.metadata.storage.Formatter;

/** The directory in which a broker keeps its records; formatted once, with the cluster's id. */
final class BrokerData {

    private BrokerData() {}

    static Path in(Path home, BrokerSeat seat) throws IOException {
        Path data = home.resolve("data");
        Directories.makeWhole(data, draft -> format(draft, seat));
        return data;
    }

    private static void format(Path directory, BrokerSeat seat) throws IOException {
        try (PrintStream silent = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
            new Formatter()
                    .setClusterId(seat.clusterId())
                    .setNodeId(seat.nodeId())
                    .addDirectory(directory.toString())
                    .setMetadataLogDirectory(directory.toString())
                    .setControllerListenerName(BrokerSettings.CONTROLLER_LISTENER)
                    .setHasDynamicQuorum(false)
                    .setPrintStream(silent)
                    .run();
        } catch (Exception e) { // is all that the formatter declares
            throw new IOException("Kafka could not format " + directory, e);
        }
    }
}
