package io.gonkapulse.migrations.steps;

import static io.gonkapulse.migrations.outcome.MigrationException.failed;
import static io.gonkapulse.migrations.outcome.MigrationException.misconfigured;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Set;

/** Where the steps of one module stand in the program, and which schema they work on. */
public record StepFolder(String module, String schema) {

    private static final Map<String, StepFolder> KNOWN = Map.of("tracker", new StepFolder("tracker", "public"));
    private static final Set<String> TO_COME = Set.of("audit", "relay");

    public static StepFolder of(String module) {
        StepFolder folder = KNOWN.get(module);
        if (folder != null) {
            return folder;
        }
        throw misconfigured(
                TO_COME.contains(module)
                        ? "--module: there are no migrations for " + module + " yet"
                        : "--module: expected tracker, audit or relay, got \"" + module + '"');
    }

    public String migrations() {
        return "db/" + module + "/migration";
    }

    /**
     * Reads a script.
     *
     * @param name of a forward script, as Flyway's history keeps it
     */
    public Script forward(String name) {
        return read(migrations() + "/" + name);
    }

    /**
     * Reads a script.
     *
     * @param name of the forward script whose way back is wanted
     */
    public Script back(String name) {
        return read("db/" + module + "/undo/" + name.replaceFirst("^V", "U"));
    }

    public Script read(String resource) {
        try (InputStream stream = StepFolder.class.getResourceAsStream("/" + resource)) {
            if (stream == null) {
                throw failed("Expected " + resource + " in this program, found none: "
                        + "run the version of the program that made this step");
            }
            String name = resource.substring(resource.lastIndexOf('/') + 1);
            return Script.of(name, new String(stream.readAllBytes(), UTF_8).replace("\r\n", "\n"));
        } catch (IOException e) {
            throw new UncheckedIOException("Could not read " + resource, e);
        }
    }
}
