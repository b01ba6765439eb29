package io.gonkapulse.servicekit.keys;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Holds the keys of the key file and reloads them when the file changes. So a revoked key is refused immediately. */
public final class ApiKeyRegistry<G extends Comparable<? super G>> {

    private static final Logger LOG = LoggerFactory.getLogger(ApiKeyRegistry.class);

    private final @Nullable Path path;
    private final String setting;
    private final KeyGrantFormat<G> format;
    private volatile LoadedKeys<G> keys = new LoadedKeys<>(null, Map.of());
    private volatile String lastProblem = "";

    /**
     * Reads the file.
     *
     * @param path without a file no key is valid
     * @param setting that names the file, for the log
     */
    public ApiKeyRegistry(@Nullable Path path, String setting, KeyGrantFormat<G> format) {
        this.path = path;
        this.setting = setting;
        this.format = format;
        reloadIfChanged();
    }

    public Optional<ApiKey<G>> find(String key) {
        return Optional.ofNullable(reloadIfChanged().byHash().get(ApiKey.sha256(key)));
    }

    /** Whether a key that was found before has not been revoked since. */
    public boolean isValid(ApiKey<G> key) {
        return reloadIfChanged().byHash().containsKey(key.hash());
    }

    private LoadedKeys<G> reloadIfChanged() {
        if (path != null) {
            try {
                FileVersion found = FileVersion.of(path);
                if (!found.equals(keys.version())) {
                    keys = new LoadedKeys<>(found, read(path));
                }
                lastProblem = "";
            } catch (NoSuchFileException e) {
                revokeAll();
            } catch (IOException e) {
                logReadFailure(e.toString());
            }
        }
        return keys;
    }

    /**
     * Revokes all keys if the file was deleted. A file that is only unreadable keeps its keys valid: a short failure
     * must not lock out every client.
     */
    private void revokeAll() {
        int revoked = keys.byHash().size();
        keys = new LoadedKeys<>(null, Map.of());
        String problem = "there is no file " + path;
        if (!problem.equals(lastProblem)) {
            lastProblem = problem;
            LOG.warn("{}: {}; {} keys are revoked, no key is valid", setting, problem, revoked);
        }
    }

    /** Logs each problem once. Otherwise clients that send keys would fill the log. */
    private void logReadFailure(String problem) {
        if (!problem.equals(lastProblem)) {
            lastProblem = problem;
            LOG.warn(
                    "Cannot read {}; its {} keys stay valid. Give the user of {} read access: {}",
                    setting,
                    keys.byHash().size(),
                    format.program(),
                    problem);
        }
    }

    private Map<String, ApiKey<G>> read(Path path) throws IOException {
        KeyFile.Content<G> content = new KeyFile<>(path, format).read();
        content.problems().forEach(problem -> LOG.warn("{}, {}; its key is refused", setting, problem));
        return content.keys().stream()
                .collect(Collectors.toMap(ApiKey::hash, Function.identity(), (first, second) -> second));
    }

    private record LoadedKeys<G extends Comparable<? super G>>(
            @Nullable FileVersion version, Map<String, ApiKey<G>> byHash) {}

    /** The version of a file. The file key detects a replaced file with the same time and size. */
    private record FileVersion(
            FileTime modifiedAt, long size, @Nullable Object fileKey) {

        private static FileVersion of(Path path) throws IOException {
            BasicFileAttributes found = Files.readAttributes(path, BasicFileAttributes.class);
            return new FileVersion(found.lastModifiedTime(), found.size(), found.fileKey());
        }
    }
}
