package io.gonkapulse.migrations.scripts;

import static io.gonkapulse.migrations.scripts.MigrationException.misconfigured;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/** The files of one module in the source tree: a pair for each migration, and the list of landed files. */
public record MigrationFiles(Path directory) {

    private static final Pattern MIGRATION_NAME = Pattern.compile("V([1-9]\\d{0,3})__([a-z0-9]+(?:_[a-z0-9]+)*)\\.sql");
    private static final Pattern UNDO_NAME = Pattern.compile("U([1-9]\\d{0,3})__([a-z0-9]+(?:_[a-z0-9]+)*)\\.sql");
    private static final List<String> MIGRATION_HEADER =
            List.of("Locks", "Way back", "Lock timeout", "Statement timeout", "Transaction");
    private static final List<String> UNDO_HEADER =
            List.of("Locks", "Data", "Lock timeout", "Statement timeout", "Transaction");

    /**
     * Files below a folder of the source tree.
     *
     * @throws MigrationException if it has no folders migration and undo
     */
    public static MigrationFiles in(Path directory) {
        if (!Files.isDirectory(directory.resolve("migration")) || !Files.isDirectory(directory.resolve("undo"))) {
            throw misconfigured("--directory: expected the folders migration and undo in " + directory.toAbsolutePath()
                    + ": run this in the root of a clone, or name the resources of the source tree");
        }
        return new MigrationFiles(directory);
    }

    /** All problems of names, numbers, pairs, headers and landed files; empty if there are none. */
    public List<String> problems() {
        List<String> problems = new ArrayList<>();
        List<String> migrations = names("migration");
        List<String> undos = names("undo");
        checkNames(migrations, MIGRATION_NAME, "V<number>__<lower_case_words>.sql", problems);
        checkNames(undos, UNDO_NAME, "U<number>__<lower_case_words>.sql", problems);
        checkPairs(migrations, undos, problems);
        checkNumbers(migrations, problems);
        migrations.forEach(name -> checkHeader(migrationFile(name), 'V', MIGRATION_HEADER, problems));
        undos.forEach(name -> checkHeader(undoFile(name), 'U', UNDO_HEADER, problems));
        checkLanded(problems);
        return problems;
    }

    /** 0 if there are no migrations. */
    public int newestVersion() {
        return numbers(names("migration")).keySet().stream()
                .max(Integer::compare)
                .orElse(0);
    }

    int nextVersion() {
        return newestVersion() + 1;
    }

    Path migrationFile(String name) {
        return directory.resolve("migration").resolve(name);
    }

    Path undoFile(String name) {
        return directory.resolve("undo").resolve(name);
    }

    private static void checkNames(List<String> names, Pattern pattern, String expected, List<String> problems) {
        names.stream()
                .filter(name -> !pattern.matcher(name).matches())
                .forEach(name -> problems.add(name + ": expected a name of the form " + expected));
    }

    private static void checkPairs(List<String> migrations, List<String> undos, List<String> problems) {
        migrations.stream()
                .filter(name -> !undos.contains(name.replaceFirst("^V", "U")))
                .forEach(name -> problems.add(
                        name + ": expected its undo undo/" + name.replaceFirst("^V", "U") + ", found none"));
        undos.stream()
                .filter(name -> !migrations.contains(name.replaceFirst("^U", "V")))
                .forEach(name -> problems.add(
                        name + ": expected its migration migration/" + name.replaceFirst("^U", "V") + ", found none"));
    }

    /** A gap would let a later file slip in between applied versions. */
    private static void checkNumbers(List<String> migrations, List<String> problems) {
        Map<Integer, List<String>> numbers = numbers(migrations);
        numbers.forEach((number, names) -> {
            if (names.size() > 1) {
                problems.add("V" + number + ": expected one file, found " + names);
            }
        });
        int expected = 1;
        for (int number : numbers.keySet()) {
            if (number != expected) {
                problems.add("V" + number + ": expected V" + expected + " before it, found a gap");
            }
            expected = number + 1;
        }
    }

    /** A concurrent index needs "Transaction: no"; everything else must be transactional. */
    private static void checkHeader(Path file, char letter, List<String> keys, List<String> problems) {
        String name = String.valueOf(file.getFileName());
        String sql = read(file);
        String number = name.replaceFirst("^.(\\d+)__.*$", "$1");
        if (!sql.startsWith("-- " + letter + number + ": ")) {
            problems.add(name + ": expected the first line to be -- " + letter + number + ": and its purpose");
        }
        keys.stream()
                .filter(key -> ScriptHeader.find(sql, key).isEmpty())
                .forEach(key -> problems.add(name + ": expected -- " + key + ": in its header"));
        boolean concurrent = Pattern.compile("(?mi)^\\s*(create|drop|reindex)\\b[^;]*\\bconcurrently\\b")
                .matcher(sql)
                .find();
        if (concurrent == ScriptHeader.of(sql).transactional()) {
            problems.add(name
                    + (concurrent
                            ? ": expected -- Transaction: no, because it builds or drops an index concurrently"
                            : ": expected -- Transaction: yes, because nothing in it needs to be outside of one"));
        }
    }

    /** Every file must be on the list, so that a review shows an edit as a changed line. */
    private void checkLanded(List<String> problems) {
        Map<String, String> listed = new LinkedHashMap<>();
        read(directory.resolve("landed.txt"))
                .lines()
                .filter(line -> line.matches("[0-9a-f]{8} .+"))
                .forEach(line -> listed.put(line.substring(9), line.substring(0, 8)));
        checksums().forEach((file, sum) -> {
            String landed = listed.remove(file);
            if (landed == null) {
                problems.add("landed.txt: expected the line " + sum + " " + file);
            } else if (!landed.equals(sum)) {
                problems.add(file + ": expected checksum " + landed + " as it landed, found " + sum
                        + ": restore it, and put the change into a new migration");
            }
        });
        listed.keySet().forEach(file -> problems.add("landed.txt: expected the file " + file + ", found none"));
    }

    /** Checksum by path, in the format of landed.txt. */
    public Map<String, String> checksums() {
        Map<String, String> sums = new LinkedHashMap<>();
        for (String folder : List.of("migration", "undo")) {
            names(folder)
                    .forEach(name -> sums.put(
                            folder + "/" + name,
                            checksum(directory.resolve(folder).resolve(name))));
        }
        return sums;
    }

    /** Independent of line endings, as Git may convert them. */
    private static String checksum(Path file) {
        CRC32 sum = new CRC32();
        sum.update(read(file).getBytes(UTF_8));
        return String.format("%08x", sum.getValue());
    }

    /** Sorted, because the order of a directory differs between machines. */
    private List<String> names(String folder) {
        try (Stream<Path> files = Files.list(directory.resolve(folder))) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("Could not list " + directory.resolve(folder), e);
        }
    }

    private static Map<Integer, List<String>> numbers(List<String> migrations) {
        return migrations.stream()
                .filter(name -> name.matches("V[1-9]\\d{0,3}__.*"))
                .collect(groupingBy(
                        name -> Integer.parseInt(name.replaceFirst("^V(\\d+)__.*$", "$1")), TreeMap::new, toList()));
    }

    /** A missing file reads as empty, so that all other problems are listed too. Git may convert line ends. */
    private static String read(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file).replace("\r\n", "\n") : "";
        } catch (IOException e) {
            throw new UncheckedIOException("Could not read " + file, e);
        }
    }
}
