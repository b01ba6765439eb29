package io.gonkapulse.apigateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CsvWriterTest {

    @Test
    void writesHeaderAndRows() {
        String csv = new CsvWriter<List<Object>>()
                .column("name", row -> row.get(0))
                .column("amount", row -> row.get(1))
                .write(List.of(List.of("a,b", 5), List.of("say \"hi\"", -7)));

        assertThat(csv).isEqualTo("name,amount\r\n\"a,b\",5\r\n\"say \"\"hi\"\"\",-7\r\n");
    }

    @ParameterizedTest
    @CsvSource({
        "=1+1, \"'=1+1\"",
        "+cmd, \"'+cmd\"",
        "-cmd, \"'-cmd\"",
        "@cmd, \"'@cmd\"",
        "-5.000000001, -5.000000001",
        "H100, H100"
    })
    void guardsFormulas(String value, String expected) {
        assertThat(new CsvWriter<String>().column("x", text -> text).write(List.of(value)))
                .isEqualTo("x\r\n" + expected + "\r\n");
    }

    /** A spreadsheet may skip white space before a formula. */
    @ParameterizedTest
    @ValueSource(strings = {"\t=1+1", "\r=1+1", "\n=1+1"})
    void guardsFormulasAfterWhiteSpace(String value) {
        assertThat(new CsvWriter<String>().column("x", text -> text).write(List.of(value)))
                .isEqualTo("x\r\n\"'" + value + "\"\r\n");
    }

    @Test
    void fileNameHasNoSpecialCharacters() {
        assertThat(CsvResponse.fileName("epochs", "../gonka 1\"a")).isEqualTo("epochs-..-gonka-1-a.csv");
        assertThat(CsvResponse.fileName("nodes", null)).isEqualTo("nodes.csv");
    }
}
