package io.gonkapulse.servicekit.keys;

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

/** The key file. It is replaced as a whole, so that a running program never reads half of it. */
record KeyFile<G extends Comparable<? super G>>(Path path, KeyGrantFormat<G> format) {

    /** Reads the file. A missing file contains no key. */
    Content<G> read() throws IOException {
        return Files.exists(path) ? parseLines(Files.readAllLines(path)) : new Content<>(List.of(), List.of());
    }

    private Content<G> parseLines(List<String> lines) {
        List<ApiKey<G>> keys = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (!line.isBlank() && !line.startsWith("#")) {
                try {
                    keys.add(ApiKey.parse(line, format));
                } catch (SettingException e) {
                    problems.add("line " + (i + 1) + ": " + e.getMessage());
                }
            }
        }
        return new Content<>(keys, problems);
    }

    /**
     * Writes the file and keeps its owner and permissions: after a change by root the program's user must still be able
     * to read it.
     */
    void write(List<ApiKey<G>> keys) throws IOException {
        boolean replaces = Files.exists(path);
        Path target = replaces ? path.toRealPath() : path.toAbsolutePath();
        Path temporary = Files.createTempFile(target.getParent(), "keys", ".tmp");
        try {
            Files.write(
                    temporary,
                    Stream.concat(Stream.of(header()), keys.stream().map(key -> key.toLine(format)))
                            .toList());
            if (replaces) {
                copyAccess(target, temporary);
            }
            Files.move(temporary, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private String header() {
        return "# name, SHA-256 of the key, requests, per, created, " + format.noun() + " if any: written by "
                + format.program() + " keys";
    }

    private static void copyAccess(Path target, Path temporary) throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(temporary, PosixFileAttributeView.class);
        if (view == null) {
            return;
        }
        PosixFileAttributes wanted = Files.readAttributes(target, PosixFileAttributes.class);
        PosixFileAttributes current = view.readAttributes();
        try {
            if (!current.owner().equals(wanted.owner())) {
                view.setOwner(wanted.owner());
            }
            if (!current.group().equals(wanted.group())) {
                view.setGroup(wanted.group());
            }
            view.setPermissions(wanted.permissions());
        } catch (FileSystemException e) {
            throw ownershipFailure(
                    target, wanted.owner().getName(), wanted.group().getName());
        }
    }

    private static SettingException ownershipFailure(Path file, String owner, String group) {
        return new SettingException(file + " belongs to " + owner + ":" + group
                + ", and this user cannot preserve that: run the command as " + owner
                + " or as root; nothing was changed");
    }

    /**
     * The content of a key file.
     *
     * @param problems one text for each invalid line, with its line number
     */
    record Content<G extends Comparable<? super G>>(List<ApiKey<G>> keys, List<String> problems) {}
}
