package io.gonkapulse.apigateway.web;

import io.gonkapulse.contracts.Ngonka;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/** Amounts as the API writes them: decimal strings, because many a reader holds numbers as doubles. */
public final class Amounts {

    private static final int GNK_SCALE = 8;

    private Amounts() {}

    public static String gnk(Ngonka amount) {
        return amount.toGnk().toPlainString();
    }

    public static @Nullable String gnk(@Nullable BigDecimal amount) {
        return amount == null
                ? null
                : amount.setScale(GNK_SCALE, RoundingMode.HALF_EVEN).toPlainString();
    }

    /** A whole number of a {@code numeric} column or sum. */
    public static Ngonka ngonka(BigDecimal whole) {
        return new Ngonka(whole.toBigIntegerExact());
    }

    /** A number without the zeros of its column. */
    public static @Nullable BigDecimal plain(@Nullable BigDecimal number) {
        if (number == null) {
            return null;
        }
        BigDecimal stripped = number.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }
}
