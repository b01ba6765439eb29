package io.gonkapulse.quickstart;

import static java.util.Objects.requireNonNull;

import io.gonkapulse.localservers.LocalDatabase;
import io.gonkapulse.testkit.process.ProgramBuilder;
import io.gonkapulse.testkit.process.ProgramProcess;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;

/** The quickstart in its own process, on free ports. */
final class QuickstartProcess implements AutoCloseable {

    /** Unpacks PostgreSQL's programs into the data directory, so that their paths identify the processes. */
    static final String OWN_PROGRAMS = "-D" + LocalDatabase.PROGRAMS_DIRECTORY + "=";

    private final ProgramProcess program;

    private QuickstartProcess(ProgramProcess program) {
        this.program = program;
    }

    /** @param arguments options of the JVM begin with {@code -D}, the others are the program's */
    static QuickstartProcess start(Path directory, String... arguments) {
        ProgramBuilder program = ProgramProcess.of(QuickstartMain.class)
                .jvmOptions("-Dquickstart.free-ports=true")
                // Tests exceed the rate limit of anonymous clients.
                .jvmOptions("-Dgateway.rate-limit.requests=1000000000", "-Dlogback.configurationFile=logback.xml")
                // On a busy machine a statement may take longer than the usual timeouts.
                .jvmOptions("-Dgateway.lookup-timeout=1m", "-Dgateway.range-timeout=1m")
                .arguments("--dir=" + directory);
        for (String argument : arguments) {
            if (argument.startsWith("-D")) {
                program.jvmOptions(argument);
            } else {
                program.arguments(argument);
            }
        }
        return new QuickstartProcess(program.start());
    }

    static QuickstartProcess startAndAwaitReady(Path directory, String... arguments) {
        QuickstartProcess quickstart = start(directory, arguments);
        try {
            quickstart.awaitLine("^Ready in");
            return quickstart;
        } catch (AssertionError e) {
            quickstart.close();
            throw e;
        }
    }

    void awaitLine(String regex) {
        program.awaitLine(regex);
    }

    /** Returns the text after {@code name} on the console. */
    String address(String name) {
        return program.awaitLine("^ +" + name + " +(\\S+)").group(1);
    }

    QuickstartApiClient api() {
        return new QuickstartApiClient(address("API"));
    }

    int count(String sql) throws SQLException {
        return Integer.parseInt(value(sql));
    }

    /** Returns the first column of the first row. */
    String value(String sql) throws SQLException {
        try (Connection connection = database();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return requireNonNull(rows.getString(1));
        }
    }

    Connection database() throws SQLException {
        return DriverManager.getConnection(address("PostgreSQL"));
    }

    Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", address("Kafka")));
    }

    long pid() {
        return program.pid();
    }

    void terminate() {
        program.terminate();
    }

    void kill() {
        program.kill();
    }

    /** Of a quickstart with {@link #OWN_PROGRAMS}. */
    static List<Long> postgresProcessesIn(Path directory) {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info().commandLine().orElse("").contains(directory.toString()))
                .filter(process -> process.info().command().orElse("").contains("postgres"))
                .map(ProcessHandle::pid)
                .toList();
    }

    String outputText() {
        return program.outputText();
    }

    /** Waits for the end. */
    int exitCode() {
        return program.exitCode();
    }

    @Override
    public void close() {
        program.close();
    }
}
