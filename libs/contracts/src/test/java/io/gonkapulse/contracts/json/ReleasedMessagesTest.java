package io.gonkapulse.contracts.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Old and new programs use the same topics at the same time. So this code must read the messages of each release, and
 * each release must read the messages of this code. {@code released/} contains the messages and schemas of each
 * release.
 */
class ReleasedMessagesTest {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Path RELEASED = Path.of("src", "test", "resources", "released");
    private static final Path DOCUMENTS = Path.of("..", "..", "docs", "messages");
    private static final int MESSAGES_OF_EACH_KIND = 30;

    record Release(TestedMessage kind, Path directory) {

        List<String> messages() throws IOException {
            return Files.readAllLines(directory.resolve(kind.name().toLowerCase(Locale.ROOT) + ".jsonl"));
        }

        Schema schema() throws IOException {
            return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(Files.readString(directory.resolve(schemaFile(kind))), InputFormat.JSON);
        }

        @Override
        public String toString() {
            return kind + " of " + directory.getFileName();
        }
    }

    static List<Release> releases() throws IOException {
        List<Release> releases = new ArrayList<>();
        try (Stream<Path> directories = Files.list(RELEASED)) {
            for (Path directory : directories.sorted().toList()) {
                Stream.of(TestedMessage.values())
                        .filter(kind -> Files.exists(directory.resolve(schemaFile(kind))))
                        .forEach(kind -> releases.add(new Release(kind, directory)));
            }
        }
        return releases;
    }

    @ParameterizedTest
    @MethodSource("releases")
    void readsReleasedMessages(Release release) throws IOException {
        assertThat(release.messages()).hasSize(MESSAGES_OF_EACH_KIND);
        for (String message : release.messages()) {
            ObjectNode before = (ObjectNode) JSON.readTree(message);
            ObjectNode after = (ObjectNode) JSON.readTree(release.kind().rewrite(message.getBytes(UTF_8)));

            // Fields that are newer than the release may be added; the released fields are unchanged.
            assertThat(after.retain(before.propertyNames())).isEqualTo(before);
        }
    }

    @ParameterizedTest
    @MethodSource("releases")
    void releasedSchemaAcceptsNewMessages(Release release) throws IOException {
        Schema schema = release.schema();
        RandomMessages random = new RandomMessages(11);

        for (int i = 0; i < 500; i++) {
            String message = new String(release.kind().encodeAny(random), UTF_8);
            assertThat(schema.validate(message, InputFormat.JSON)).as(message).isEmpty();
        }
        for (String message : release.messages()) {
            String rewritten = new String(release.kind().rewrite(message.getBytes(UTF_8)), UTF_8);
            assertThat(schema.validate(rewritten, InputFormat.JSON))
                    .as(rewritten)
                    .isEmpty();
        }
    }

    /** A release ignores unknown fields, so fields may be added while it still runs. */
    @ParameterizedTest
    @MethodSource("releases")
    void releasesIgnoreAddedFields(Release release) throws IOException {
        for (String message : release.messages()) {
            String later = message.replaceFirst("\\{", "{\"addedLater\":{\"deep\":[1,null,\"x\"]},\"alsoLater\":7,");

            assertThat(release.schema().validate(later, InputFormat.JSON)).isEmpty();
            assertThat(release.kind().decode(later.getBytes(UTF_8)))
                    .isEqualTo(release.kind().decode(message.getBytes(UTF_8)));
        }
    }

    @Test
    void coversEveryMessage() throws IOException {
        assertThat(releases().stream().map(Release::kind)).contains(TestedMessage.values());
    }

    /** A generator: writes the files of a new release once. They are never changed afterwards. */
    @Test
    @EnabledIfSystemProperty(named = "released.freeze", matches = "\\d+\\.\\d+")
    void generatesReleaseFiles() throws IOException {
        Path directory = Files.createDirectory(RELEASED.resolve(System.getProperty("released.freeze")));
        for (TestedMessage kind : TestedMessage.values()) {
            RandomMessages random = new RandomMessages(2026);
            List<String> messages = Stream.generate(() -> new String(kind.encodeAny(random), UTF_8))
                    .limit(MESSAGES_OF_EACH_KIND)
                    .toList();
            Files.write(directory.resolve(kind.name().toLowerCase(Locale.ROOT) + ".jsonl"), messages);
            Files.copy(
                    DOCUMENTS.resolve(schemaFile(kind)),
                    directory.resolve(schemaFile(kind)),
                    StandardCopyOption.REPLACE_EXISTING);
        }
        assertThat(releases())
                .filteredOn(release -> release.directory().equals(directory))
                .extracting(Release::kind)
                .containsExactly(TestedMessage.values());
    }

    private static String schemaFile(TestedMessage kind) {
        return kind.topic + ".schema.json";
    }
}
