package io.gonkapulse.testkit.local;

import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;

/** Starts both servers, writes something to each, says so, and waits for its end. */
final class DoomedProgramMain {

    private DoomedProgramMain() {}

    static Process start(Path home) throws Exception {
        return new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        DoomedProgramMain.class.getName(),
                        home.toString()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    public static void main(String[] arguments) throws Exception {
        Path home = Path.of(arguments[0]);
        try (LocalDatabase database = LocalDatabase.durable(home, 0);
                LocalBroker broker = new LocalBroker(home.resolve("broker"), 0)) {
            new Sql(database.start()).execute("create table kept as select 1 as id");
            System.out.println("rows written");
            writeRecords(new Records(broker.start().bootstrapServers()));
            System.out.println("records written");
            System.in.transferTo(OutputStream.nullOutputStream());
        }
    }

    private static void writeRecords(Records records) throws Exception {
        records.createTopic("kept");
        records.write("kept", "first");
        records.read("kept", "group", 1);
        records.write("kept", "second");
    }
}
