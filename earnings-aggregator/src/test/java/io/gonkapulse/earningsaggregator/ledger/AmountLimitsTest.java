package io.gonkapulse.earningsaggregator.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.contracts.MessageLimits;
import java.math.BigInteger;
import org.junit.jupiter.api.Test;

class AmountLimitsTest {

    @Test
    void sumsFitTheirColumns() {
        BigInteger epochs = BigInteger.valueOf(MessageLimits.MAX_EPOCH + 1);
        BigInteger amounts =
                MessageLimits.MAX_AMOUNT.amount().multiply(BigInteger.TWO).multiply(epochs);
        BigInteger inferences = BigInteger.valueOf(MessageLimits.MAX_COUNT).multiply(epochs);

        assertThat(amounts)
                .as("numeric(38, 8) in GNK, numeric(38, 0) in ngonka")
                .isLessThan(BigInteger.TEN.pow(38));
        assertThat(inferences).as("bigint").isLessThan(BigInteger.valueOf(Long.MAX_VALUE));
    }
}
