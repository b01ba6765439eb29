package io.gonkapulse.chaos;

import io.gonkapulse.testkit.local.BrokerDoor;
import io.gonkapulse.testkit.local.LocalCluster;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

/** A broker of the cluster in a process of its own, so that it can be killed. */
final class BrokerMain {

    private BrokerMain() {}

    static List<String> arguments(LocalCluster cluster, int number, Path home, List<BrokerDoor> doors) {
        List<String> words = new ArrayList<>(
                List.of(cluster.id(), list(cluster.ports()), list(cluster.controllerPorts()), "" + number, "" + home));
        doors.forEach(door -> words.add(door.name() + "," + door.port() + "," + door.toldPort()));
        return words;
    }

    private static String list(List<Integer> numbers) {
        return String.join(",", numbers.stream().map(String::valueOf).toList());
    }

    private static List<Integer> numbers(String list) {
        return Stream.of(list.split(",", -1)).map(Integer::valueOf).toList();
    }

    public static void main(String[] words) throws InterruptedException {
        LocalCluster cluster = new LocalCluster(words[0], numbers(words[1]), numbers(words[2]));
        BrokerDoor[] doors = Stream.of(words).skip(5).map(BrokerMain::door).toArray(BrokerDoor[]::new);
        cluster.broker(Integer.parseInt(words[3]), Path.of(words[4]), doors).start();
        new CountDownLatch(1).await();
    }

    private static BrokerDoor door(String words) {
        String[] parts = words.split(",", -1);
        return BrokerDoor.plain(parts[0], Integer.parseInt(parts[1]), Integer.parseInt(parts[2]));
    }
}
