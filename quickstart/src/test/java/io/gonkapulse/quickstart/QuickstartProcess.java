package io.gonkapulse.quickstart;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static java.util.function.Predicate.not;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;

/** The quickstart in its own process, with its output so far. */
final class QuickstartProcess implements AutoCloseable {

    private static final int STOP_TIMEOUT_SECONDS = 90;
    private static final List<String> FREE_PORTS = Stream.of(
                    "postgres", "kafka", "tracker", "chain", "api", "poller", "stats", "earnings")
            .map(part -> "-Dquickstart." + part + ".port=0")
            .toList();

    private final Process process;
    private final BufferedReader output;
    private final StringBuilder outputText = new StringBuilder();

    private QuickstartProcess(Process process) {
        this.process = process;
        this.output = process.inputReader(UTF_8);
    }

    static QuickstartProcess start(Path directory, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // The process is too short-lived to profit from the second compiler.
        command.add("-XX:TieredStopAtLevel=1");
        command.addAll(FREE_PORTS);
        // Tests exceed the rate limit of anonymous clients.
        command.add("-Dgateway.rate-limit.requests=1000000000");
        command.add("-Dlogback.configurationFile=logback.xml");
        command.addAll(
                Stream.of(arguments).filter(QuickstartProcess::isProperty).toList());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), QuickstartMain.class.getName()));
        command.add("--dir=" + directory);
        command.addAll(
                Stream.of(arguments).filter(not(QuickstartProcess::isProperty)).toList());
        return new QuickstartProcess(
                new ProcessBuilder(command).redirectErrorStream(true).start());
    }

    private static boolean isProperty(String argument) {
        return argument.startsWith("-D");
    }

    static QuickstartProcess startAndAwaitReady(Path directory, String... arguments) throws IOException {
        QuickstartProcess quickstart = start(directory, arguments);
        quickstart.awaitLine("Ready in");
        return quickstart;
    }

    /** The output ends with the process, so the wait always ends. */
    void awaitLine(String expected) throws IOException {
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            outputText.append(line).append('\n');
            if (line.contains(expected)) {
                return;
            }
        }
        throw new AssertionError(
                "Expected \"" + expected + "\", but the process ended with this output:\n" + outputText);
    }

    /** Returns the text after {@code name} on the console. */
    String address(String name) {
        Matcher line = Pattern.compile("(?m)^ +" + name + " +(\\S+)").matcher(outputText);
        if (!line.find()) {
            throw new AssertionError("Expected an address of " + name + " in:\n" + outputText);
        }
        return line.group(1);
    }

    int count(String sql) throws SQLException {
        try (Connection connection = database();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getInt(1);
        }
    }

    Connection database() throws SQLException {
        return DriverManager.getConnection(address("PostgreSQL"));
    }

    Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", address("Kafka")));
    }

    long pid() {
        return process.pid();
    }

    /** Uses the handle, because {@link Process#destroy()} closes the output before it is read. */
    QuickstartProcess terminate() throws IOException, InterruptedException {
        process.toHandle().destroy();
        return awaitEnd();
    }

    QuickstartProcess kill() throws IOException, InterruptedException {
        process.toHandle().destroyForcibly();
        return awaitEnd();
    }

    QuickstartProcess awaitEnd() throws IOException, InterruptedException {
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            outputText.append(line).append('\n');
        }
        if (!process.waitFor(STOP_TIMEOUT_SECONDS, SECONDS)) {
            throw new AssertionError("Expected the process to end; its output:\n" + outputText);
        }
        return this;
    }

    static List<Long> postgresProcessesIn(Path directory) {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info().commandLine().orElse("").contains(directory.toString()))
                .filter(process -> process.info().command().orElse("").contains("postgres"))
                .map(ProcessHandle::pid)
                .toList();
    }

    String outputText() {
        return outputText.toString();
    }

    int exitCode() {
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
