package io.gonkapulse.apigateway.keys;

import io.gonkapulse.servicekit.settings.SettingException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The file of keys. It is replaced whole, so that a gateway never reads half of it. */
record KeyFile(Path path) {

    private static final String HEAD =
            "# name, SHA-256 of the key, requests, per, created, rights if any: written by api-gateway keys";

    /** No key where there is no file. */
    KeyFileContent read() throws IOException {
        return Files.exists(path) ? content(Files.readAllLines(path)) : new KeyFileContent(List.of(), List.of());
    }

    private static KeyFileContent content(List<String> lines) {
        List<ApiKey> keys = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (!line.isBlank() && !line.startsWith("#")) {
                try {
                    keys.add(ApiKey.parse(line));
                } catch (SettingException e) {
                    problems.add("line " + (i + 1) + ": " + e.getMessage());
                }
            }
        }
        return new KeyFileContent(keys, problems);
    }

    /** Who may read it stays as it is: the gateway's user still has to when root has changed it. */
    void write(List<ApiKey> keys) throws IOException {
        boolean replaces = Files.exists(path);
        Path whole = replaces ? path.toRealPath() : path.toAbsolutePath();
        Path fresh = Files.createTempFile(whole.getParent(), "keys", ".tmp");
        try {
            Files.write(
                    fresh,
                    Stream.concat(Stream.of(HEAD), keys.stream().map(ApiKey::line))
                            .toList());
            if (replaces) {
                giveAccessOf(whole, fresh);
            }
            Files.move(fresh, whole, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    private static void giveAccessOf(Path whole, Path fresh) throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(fresh, PosixFileAttributeView.class);
        if (view == null) {
            return;
        }
        PosixFileAttributes wanted = Files.readAttributes(whole, PosixFileAttributes.class);
        PosixFileAttributes given = view.readAttributes();
        try {
            if (!given.owner().equals(wanted.owner())) {
                view.setOwner(wanted.owner());
            }
            if (!given.group().equals(wanted.group())) {
                view.setGroup(wanted.group());
            }
            view.setPermissions(wanted.permissions());
        } catch (FileSystemException e) {
            throw refused(whole, wanted.owner().getName(), wanted.group().getName());
        }
    }

    private static SettingException refused(Path file, String owner, String group) {
        return new SettingException(file + " belongs to " + owner + ":" + group
                + ", which this user cannot keep: run this as " + owner + " or as root; nothing was changed");
    }
}
