package io.gonkapulse.testkit.process;

import io.gonkapulse.localservers.LocalDatabase;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The command line of a program. It runs with the test's class path and time zone, and without the variables of the
 * developer. {@link #start} may be called repeatedly.
 */
public final class ProgramBuilder {

    /** Below {@code target}, so that the output remains readable after the test. */
    private static final Path OUTPUT_DIRECTORY = Path.of("target", "program-output");

    private final String mainClass;
    private final List<String> jvmOptions = new ArrayList<>();
    private final Map<String, String> environment = new HashMap<>();
    private final List<String> arguments = new ArrayList<>();
    private String classPath =
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path", ""));
    private boolean separateErrors;
    private @Nullable Path output;

    ProgramBuilder(Class<?> main) {
        mainClass = main.getName();
        // Most programs are too short-lived to profit from the second compiler.
        jvmOptions("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError");
        // As in the manifest of the jars in dist/.
        jvmOptions("--enable-native-access=ALL-UNNAMED");
        jvmOptions("-Duser.timezone=" + TimeZone.getDefault().getID());
        jvmOptions("-D" + LocalDatabase.PROGRAMS_DIRECTORY + "="
                + System.getProperty(LocalDatabase.PROGRAMS_DIRECTORY, ""));
        environment.put("PATH", System.getenv().getOrDefault("PATH", "/usr/bin:/bin"));
        environment.put("LANG", "C.UTF-8");
    }

    /** The maximum, for example {@code 256m}. */
    public ProgramBuilder heap(String size) {
        return jvmOptions("-Xmx" + size);
    }

    public ProgramBuilder jvmOptions(String... options) {
        jvmOptions.addAll(List.of(options));
        return this;
    }

    public ProgramBuilder environment(Map<String, String> variables) {
        environment.putAll(variables);
        return this;
    }

    public ProgramBuilder arguments(String... more) {
        arguments.addAll(List.of(more));
        return this;
    }

    /** Omits the classes and resources below a directory, for example a logging configuration for tests. */
    public ProgramBuilder withoutClassesIn(Path directory) {
        classPath = Arrays.stream(classPath.split(File.pathSeparator, -1))
                .filter(entry -> !Path.of(entry).toAbsolutePath().startsWith(directory.toAbsolutePath()))
                .collect(Collectors.joining(File.pathSeparator));
        return this;
    }

    /** The file that the output is appended to; by default a new file below {@code target/program-output}. */
    public ProgramBuilder output(Path file) {
        output = file;
        return this;
    }

    /** Writes the standard error to a file of its own instead of the output's file. */
    public ProgramBuilder separateErrors() {
        separateErrors = true;
        return this;
    }

    /** Starts the program and does not wait. */
    public ProgramProcess start() {
        try {
            Path file = output == null ? createFile() : output;
            Path errors = separateErrors ? file.resolveSibling(file.getFileName() + ".err") : file;
            ProcessBuilder builder = new ProcessBuilder(command())
                    .redirectInput(new File("/dev/null"))
                    .redirectOutput(Redirect.appendTo(file.toFile()))
                    .redirectError(Redirect.appendTo(errors.toFile()))
                    .redirectErrorStream(!separateErrors);
            builder.environment().clear();
            builder.environment().putAll(environment);
            // As an option it would make the list of processes unreadable.
            builder.environment().put("CLASSPATH", classPath);
            return new ProgramProcess(builder.start(), file, errors);
        } catch (IOException e) {
            throw new UncheckedIOException("Could not start " + mainClass, e);
        }
    }

    private List<String> command() {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvmOptions);
        command.add(mainClass);
        command.addAll(arguments);
        return command;
    }

    private Path createFile() throws IOException {
        Files.createDirectories(OUTPUT_DIRECTORY);
        String name = mainClass.substring(mainClass.lastIndexOf('.') + 1);
        return Files.createTempFile(OUTPUT_DIRECTORY, name + "-", ".log").toAbsolutePath();
    }
}
