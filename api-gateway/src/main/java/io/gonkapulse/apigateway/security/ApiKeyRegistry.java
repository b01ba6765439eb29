package io.gonkapulse.apigateway.security;

import io.gonkapulse.apigateway.config.GatewayProperties;
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

/** Knows the keys of the file, and reads it again once it has changed: a key that is revoked is refused at once. */
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
        return Optional.ofNullable(reloadIfChanged().byHash().get(KeyHash.sha256(key)));
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

    /** A file that was removed takes its keys with it; one that only cannot be read does not. */
    private void revokeAll() {
        int revoked = keys.byHash().size();
        keys = new LoadedKeys(null, Map.of());
        String problem = "there is no file " + path;
        if (!problem.equals(lastProblem)) {
            lastProblem = problem;
            LOG.warn("GATEWAY_KEYS_FILE: {}; {} keys are revoked, no key is known", problem, revoked);
        }
    }

    /** Once: whoever sends keys would fill the log otherwise. */
    private void logReadFailure(String problem) {
        if (!problem.equals(lastProblem)) {
            lastProblem = problem;
            LOG.warn(
                    "GATEWAY_KEYS_FILE cannot be read, the {} keys known so far are kept; let the gateway's user read it: {}",
                    keys.byHash().size(),
                    problem);
        }
    }

    private static Map<String, ApiKey> read(Path path) throws IOException {
        KeyFileContent content = new KeyFile(path).read();
        content.problems().forEach(problem -> LOG.warn("GATEWAY_KEYS_FILE, {}; its key is refused", problem));
        return content.keys().stream()
                .collect(Collectors.toMap(ApiKey::hash, Function.identity(), (first, second) -> second));
    }

    private record LoadedKeys(@Nullable FileVersion version, Map<String, ApiKey> byHash) {}

    /** A file that replaces another one may have its time and its size, but is another file. */
    private record FileVersion(
            FileTime modifiedAt, long size, @Nullable Object fileKey) {

        private static FileVersion of(Path path) throws IOException {
            BasicFileAttributes found = Files.readAttributes(path, BasicFileAttributes.class);
            return new FileVersion(found.lastModifiedTime(), found.size(), found.fileKey());
        }
    }
}
