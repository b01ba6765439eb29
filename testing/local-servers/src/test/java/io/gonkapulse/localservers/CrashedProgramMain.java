package io.gonkapulse.localservers;

import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;

/** Starts both servers, writes to each, reports that, and waits to be killed. */
final class CrashedProgramMain {

    private CrashedProgramMain() {}

    static Process start(Path home) throws Exception {
        return new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        CrashedProgramMain.class.getName(),
                        home.toString()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    public static void main(String[] arguments) throws Exception {
        Path home = Path.of(arguments[0]);
        try (LocalDatabase database = LocalDatabase.durable(home, 0);
                LocalBroker broker = new LocalBroker(home.resolve("broker"), 0)) {
            new LocalSqlRunner(database.start()).execute("create table kept as select 1 as id");
            System.out.println("rows written");
            writeRecords(new TextRecordClient(broker.start().bootstrapServers()));
            System.out.println("records written");
            System.in.transferTo(OutputStream.nullOutputStream());
        }
    }

    private static void writeRecords(TextRecordClient records) throws Exception {
        records.createTopic("kept");
        records.write("kept", "first");
        records.read("kept", "group", 1);
        records.write("kept", "second");
    }
}
