package io.gonkapulse.statswriter;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.DefaultValue;

class StatsWriterReadmeTest {

    @Test
    void documentsEverySettingWithDefault() throws Exception {
        List<String> documented = Files.readAllLines(Path.of("README.md")).stream()
                .filter(line -> line.startsWith("| `WRITER_"))
                .toList();

        assertThat(documented.stream().map(StatsWriterReadmeTest::nameAndDefault))
                .containsExactly(Arrays.stream(StatsWriterProperties.class.getRecordComponents())
                        .map(StatsWriterReadmeTest::nameAndDefault)
                        .toArray(String[]::new));
    }

    private static String nameAndDefault(String line) {
        String[] cells = line.split("\\|", -1);
        return cells[1].strip().replace("`", "") + " " + cells[2].strip();
    }

    private static String nameAndDefault(RecordComponent component) {
        var parameter = Arrays.stream(StatsWriterProperties.class.getDeclaredConstructors()[0].getParameters())
                .filter(one -> one.getName().equals(component.getName()))
                .findFirst()
                .orElseThrow();
        return "WRITER_" + component.getName().replaceAll("([A-Z])", "_$1").toUpperCase(Locale.ROOT) + " "
                + parameter.getAnnotation(DefaultValue.class).value()[0];
    }
}
