package io.gonkapulse.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NgonkaTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "3805",
                "-5",
                "9007199254740993",
                "18446744073709551615",
                "99999999999999999999999999999999999999",
            })
    void keepsDigits(String digits) {
        assertThat(Ngonka.parse(digits)).hasToString(digits);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-", "1e3", "1.0", "+1", " 1", "NaN", "0x10", "١", "--1", "1-"})
    void refusesNonInteger(String text) {
        assertThatThrownBy(() -> Ngonka.parse(text))
                .isInstanceOf(NumberFormatException.class)
                .hasMessageContaining("whole ngonka");
    }

    @Test
    void refusesOverlongAmountWithoutEcho() {
        assertThatThrownBy(() -> Ngonka.parse("9".repeat(100_000)))
                .isInstanceOf(NumberFormatException.class)
                .satisfies(refusal -> assertThat(refusal.getMessage()).hasSizeLessThan(200));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0.00000000",
        "10, 0.00000001",
        "5, 0.00000000",
        "15, 0.00000002",
        "25, 0.00000002",
        "-15, -0.00000002",
        "48552031736571, 48552.03173657",
        "18446744073709551615, 18446744073.70955162",
    })
    void roundsGnkHalfEven(String amount, BigDecimal gnk) {
        assertThat(Ngonka.parse(amount).toGnk()).isEqualTo(gnk);
    }

    @Test
    void sumsBeyondLongExactly() {
        Random random = new Random(11);
        BigInteger expected = BigInteger.ZERO;
        Ngonka sum = Ngonka.ZERO;
        for (int i = 0; i < 1_000; i++) {
            BigInteger amount = new BigInteger(64, random);
            expected = expected.add(amount);
            sum = sum.plus(Ngonka.parse(amount.toString()));
        }

        assertThat(sum.amount()).isEqualTo(expected);
        assertThat(sum.minus(sum)).isEqualTo(Ngonka.ZERO);
    }

    @Test
    void comparesAmounts() {
        assertThat(Ngonka.of(2).max(Ngonka.of(3))).isEqualTo(Ngonka.of(3));
        assertThat(Ngonka.of(3).max(Ngonka.of(2))).isEqualTo(Ngonka.of(3));
        assertThat(Ngonka.of(-1).isNegative()).isTrue();
        assertThat(Ngonka.ZERO.isNegative()).isFalse();
    }
}
