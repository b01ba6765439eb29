package io.gonkapulse.apigateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EtagMatcherTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "W/\"one\"; true",
                "\"one\"; true",
                "*; true",
                "\"two\", W/\"one\"; true",
                "\"a,b\",\"one\"; true",
                "W/\"two\"; false",
                "one; false",
                "\"\"; false",
                "\"one; false",
                ",,; false"
            })
    void comparesWeakly(String header, boolean matches) {
        assertThat(new EtagMatcher(List.of(header)).matches("W/\"one\"")).isEqualTo(matches);
    }
}
