package io.gonkapulse.localservers;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.apache.kafka.metadata.storage.Formatter;

/** The directory of a broker's log segments. It is formatted once, with the cluster id. */
final class BrokerDataDirectory {

    private BrokerDataDirectory() {}

    static Path prepareIn(Path home, ClusterMember member) throws IOException {
        Path data = home.resolve("data");
        DirectorySupport.createAtomically(data, draft -> format(draft, member));
        return data;
    }

    private static void format(Path directory, ClusterMember member) throws IOException {
        try (PrintStream silent = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
            new Formatter()
                    .setClusterId(member.clusterId())
                    .setNodeId(member.nodeId())
                    .addDirectory(directory.toString())
                    .setMetadataLogDirectory(directory.toString())
                    .setControllerListenerName(LocalBrokerSettings.CONTROLLER_LISTENER)
                    .setHasDynamicQuorum(false)
                    .setPrintStream(silent)
                    .run();
        } catch (Exception e) { // the formatter declares nothing narrower
            throw new IOException("Kafka could not format " + directory, e);
        }
    }
}
