package io.gonkapulse.chaos;

import io.gonkapulse.localservers.BrokerListener;
import io.gonkapulse.localservers.LocalBrokerCluster;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

/** Runs one broker of the cluster in its own process, so that it can be killed. */
final class ClusterBrokerMain {

    private ClusterBrokerMain() {}

    static String[] arguments(LocalBrokerCluster cluster, int number, Path home, List<BrokerListener> listeners) {
        List<String> arguments = new ArrayList<>(
                List.of(cluster.id(), join(cluster.ports()), join(cluster.controllerPorts()), "" + number, "" + home));
        listeners.forEach(
                listener -> arguments.add(listener.name() + "," + listener.port() + "," + listener.advertisedPort()));
        return arguments.toArray(String[]::new);
    }

    private static String join(List<Integer> numbers) {
        return String.join(",", numbers.stream().map(String::valueOf).toList());
    }

    private static List<Integer> parseNumbers(String list) {
        return Stream.of(list.split(",", -1)).map(Integer::valueOf).toList();
    }

    public static void main(String[] arguments) throws InterruptedException {
        LocalBrokerCluster cluster =
                new LocalBrokerCluster(arguments[0], parseNumbers(arguments[1]), parseNumbers(arguments[2]));
        BrokerListener[] listeners = Stream.of(arguments)
                .skip(5)
                .map(ClusterBrokerMain::parseListener)
                .toArray(BrokerListener[]::new);
        cluster.createBroker(Integer.parseInt(arguments[3]), Path.of(arguments[4]), listeners)
                .start();
        new CountDownLatch(1).await();
    }

    private static BrokerListener parseListener(String argument) {
        String[] parts = argument.split(",", -1);
        return BrokerListener.plain(parts[0], Integer.parseInt(parts[1]), Integer.parseInt(parts[2]));
    }
}
