package io.gonkapulse.servicekit.reporting;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretMaskerTest {

    @Test
    void valueThatBeginsWithAnotherIsMaskedWhole() {
        SecretMasker masker = new SecretMasker(Map.of(), List.of("--a.password=open", "--b.password=openSesame"));

        assertThat(masker.mask("tried openSesame, then open")).isEqualTo("tried ***, then ***");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {"password":"a b","pages":3}           | {"password":***,"pages":3}
                    {"password" : "a\\"b"}                  | {"password" : ***}
                    password: x                            | password: ***
                    password='a b' rest                    | password=*** rest
                    Authorization: Bearer x.y-z            | Authorization: Bearer ***
                    token: Bearer x                        | token: *** ***
                    jdbc:postgresql://h/d?password=x&ssl=1 | jdbc:postgresql://h/d?password=***&ssl=1
                    """)
    void masksWhatLooksLikeSecret(String text, String masked) {
        assertThat(new SecretMasker(Map.of(), List.of()).mask(text)).isEqualTo(masked);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "org.example.LoginModule required username=\"reader\" password=\"sesame\";",
                "jdbc:postgresql://host/database?user=reader&password=sesame&ssl=true",
                "postgres://reader:sesame@host/database",
                "{\"user\":\"reader\",\"password\":\"sesame\"}"
            })
    void innerPasswordOfSettingIsKnown(String setting) {
        SecretMasker masker = new SecretMasker(Map.of("SETTING", setting), List.of());

        assertThat(masker.mask("reader has no right to sesame")).isEqualTo("reader has no right to ***");
    }

    @Test
    void cutOutputHasNoPartOfSecret() throws IOException {
        String secret = "open-sesame-".repeat(10);
        SecretMasker masker = new SecretMasker(Map.of("PASSWORD", secret), List.of());
        try (ErrorOutputWriter output = new ErrorOutputWriter(Writer.nullWriter())) {
            for (int line = 0; line < 1_100; line++) {
                output.write(secret + '\n');
            }

            assertThat(output.end(masker).lines()).hasSizeBetween(100, 1_000).containsOnly("***");
        }
    }
}
