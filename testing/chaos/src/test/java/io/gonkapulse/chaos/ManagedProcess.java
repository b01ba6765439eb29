package io.gonkapulse.chaos;

import static java.util.concurrent.TimeUnit.SECONDS;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A program that can be started repeatedly, paused and killed. It keeps its output. */
final class ManagedProcess implements AutoCloseable {

    private static final int STOP_TIMEOUT_SECONDS = 180;

    /** No process may outlive the test's process. */
    private static final Set<Process> STARTED = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> STARTED.forEach(Process::destroyForcibly)));
    }

    private final String name;
    private final Path log;
    private final int megabytes;
    private final Class<?> program;
    private final List<String> arguments;
    private final Map<String, String> environment;
    private @Nullable Process process;

    ManagedProcess(
            String name,
            Path logs,
            int megabytes,
            Class<?> program,
            List<String> arguments,
            Map<String, String> environment) {
        this.name = name;
        this.log = logs.resolve(name + ".log");
        this.megabytes = megabytes;
        this.program = program;
        this.arguments = List.copyOf(arguments);
        this.environment = Map.copyOf(environment);
    }

    String name() {
        return name;
    }

    Path log() {
        return log;
    }

    /** Does not wait. */
    synchronized void start() {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError"));
        command.addAll(List.of("-Xmx" + megabytes + "m", "-Duser.timezone=Asia/Kathmandu"));
        command.add(program.getName());
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectInput(new File("/dev/null"))
                .redirectErrorStream(true)
                .redirectOutput(Redirect.appendTo(log.toFile()));
        builder.environment()
                .keySet()
                .removeIf(
                        variable -> variable.matches(
                                "(JAVA_TOOL|KAFKA|POLLER|SERVER|SPRING|DB_|DATABASE|CONSUMER|WRITER|EARNINGS|GATEWAY|LOGGING).*"));
        builder.environment()
                .put(
                        "CLASSPATH",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
        builder.environment().putAll(environment);
        try {
            Process started = builder.start();
            STARTED.add(started);
            process = started;
        } catch (IOException e) {
            throw new UncheckedIOException("Could not start " + name, e);
        }
    }

    boolean isAlive() {
        return process != null && process.isAlive();
    }

    void kill() {
        if (process != null) {
            process.destroyForcibly();
            awaitEnd();
        }
    }

    void pause() {
        ProcessSignals.send("STOP", handles());
    }

    void resume() {
        ProcessSignals.send("CONT", handles());
    }

    int terminate() {
        ProcessSignals.send("TERM", handles());
        return awaitEnd();
    }

    private List<ProcessHandle> handles() {
        return process == null ? List.of() : List.of(process.toHandle());
    }

    private int awaitEnd() {
        Process ending = process;
        if (ending == null) {
            return 0;
        }
        try {
            if (!ending.waitFor(STOP_TIMEOUT_SECONDS, SECONDS)) {
                throw new AssertionError("Expected " + name + " to end; " + log + " has its output");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return ending.exitValue();
    }

    @Override
    public void close() {
        if (process != null) {
            process.destroyForcibly();
        }
    }
}
