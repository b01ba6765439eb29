package io.gonkapulse.buildrules;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds words of a private language in documents, and in comments and strings of code. */
final class PlainWords {

    private static final Pattern PROSE_OF_JAVA =
            Pattern.compile("//[^\\n]*|/\\*.*?\\*/|\"(?:\\\\.|[^\"\\\\\\n])*\"", Pattern.DOTALL);

    private final Map<Pattern, String> replacements = new LinkedHashMap<>();

    /** All words at once: the files are long, and nearly none has any. */
    private final Pattern any;

    private PlainWords(String list) {
        List<String> words = new ArrayList<>();
        list.lines().filter(line -> !line.isBlank() && !line.startsWith("#")).forEach(line -> {
            String[] sides = line.split(" = ", 2);
            words.add(sides[0]);
            replacements.put(Pattern.compile(sides[0], Pattern.CASE_INSENSITIVE), sides[1]);
        });
        // A part of a dotted name, such as an old name of a meter, is no prose.
        any = Pattern.compile(
                "(?<![\\w.-])(?:" + String.join("|", words) + ")(?![\\w-]|\\.\\w)", Pattern.CASE_INSENSITIVE);
    }

    static PlainWords load() {
        return new PlainWords(list());
    }

    /** SQL is left out: migrations that have landed never change. */
    static boolean reads(Path file) {
        String name = file.toString();
        return name.matches(".*\\.(java|md|ya?ml)");
    }

    List<String> findIn(String name, String text) {
        List<String> found = new ArrayList<>();
        if (name.endsWith(".java")) {
            Matcher prose = PROSE_OF_JAVA.matcher(text);
            while (prose.find()) {
                find(name, text, prose.start(), prose.end(), found);
            }
        } else {
            find(name, text, 0, text.length(), found);
        }
        return found;
    }

    private void find(String name, String text, int from, int to, List<String> found) {
        Matcher matcher = any.matcher(text).region(from, to);
        while (matcher.find()) {
            long line = text.substring(0, matcher.start())
                            .chars()
                            .filter(c -> c == '\n')
                            .count()
                    + 1;
            found.add(name + ":" + line + ": " + matcher.group() + " → " + replacement(matcher.group()));
        }
    }

    private String replacement(String word) {
        return replacements.entrySet().stream()
                .filter(entry -> entry.getKey().matcher(word).matches())
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseThrow();
    }

    private static String list() {
        try (InputStream list = PlainWords.class.getResourceAsStream("/plain-words.txt")) {
            if (list == null) {
                throw new IllegalStateException("plain-words.txt is missing");
            }
            return new String(list.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
