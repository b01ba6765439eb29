package io.gonkapulse.apigateway.security.keys;

import io.gonkapulse.apigateway.core.GatewayProperties;
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
import org.springframework.stereotype.Component;

/** Holds the keys of the key file and reloads them when the file changes. So a revoked key is refused immediately. */
@Component
public class ApiKeyRegistry {

    private static final Logger LOG = LoggerFactory.getLogger(ApiKeyRegistry.class);

    private final @Nullable Path path;
    private volatile LoadedKeys keys = new LoadedKeys(null, Map.of());
    private volatile String lastProblem = "";

    ApiKeyRegistry(GatewayProperties properties) {
        this.path = properties.keysFile();
        reloadIfChanged();
    }

    public Optional<ApiKey> find(String key) {
        return Optional.ofNullable(reloadIfChanged().byHash().get(ApiKey.sha256(key)));
    }

    /** Whether a key that was found before has not been revoked since. */
    public boolean isValid(ApiKey key) {
        return reloadIfChanged().byHash().containsKey(key.hash());
    }

    private LoadedKeys reloadIfChanged() {
        if (path != null) {
            try {
                FileVersion found = FileVersion.of(path);
                if (!found.equals(keys.version())) {
                    keys = new LoadedKeys(found, read(path));
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
        keys = new LoadedKeys(null, Map.of());
        String problem = "there is no file " + path;
        if (!problem.equals(lastProblem)) {
            lastProblem = problem;
            LOG.warn("GATEWAY_KEYS_FILE: {}; {} keys are revoked, no key is valid", problem, revoked);
        }
    }

    /** Logs each problem once. Otherwise clients that send keys would fill the log. */
    private void logReadFailure(String problem) {
        if (!problem.equals(lastProblem)) {
            lastProblem = problem;
            LOG.warn(
                    "Cannot read GATEWAY_KEYS_FILE; its {} keys stay valid. Give the gateway's user read access: {}",
                    keys.byHash().size(),
                    problem);
        }
    }

    private static Map<String, ApiKey> read(Path path) throws IOException {
        KeyFile.Content content = new KeyFile(path).read();
        content.problems().forEach(problem -> LOG.warn("GATEWAY_KEYS_FILE, {}; its key is refused", problem));
        return content.keys().stream()
                .collect(Collectors.toMap(ApiKey::hash, Function.identity(), (first, second) -> second));
    }

    private record LoadedKeys(@Nullable FileVersion version, Map<String, ApiKey> byHash) {}

    /** The version of a file. The file key detects a replaced file with the same time and size. */
    private record FileVersion(
            FileTime modifiedAt, long size, @Nullable Object fileKey) {

        private static FileVersion of(Path path) throws IOException {
            BasicFileAttributes found = Files.readAttributes(path, BasicFileAttributes.class);
            return new FileVersion(found.lastModifiedTime(), found.size(), found.fileKey());
        }
    }
}
