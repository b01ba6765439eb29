package io.gonkapulse.apigateway.http;

import io.gonkapulse.contracts.Ngonka;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/** Formats amounts as decimal strings, because many JSON parsers convert numbers to doubles. */
public final class AmountFormatter {

    private static final int GNK_SCALE = 8;

    private AmountFormatter() {}

    public static String formatGnk(Ngonka amount) {
        return amount.toGnk().toPlainString();
    }

    public static @Nullable String formatGnk(@Nullable BigDecimal amount) {
        return amount == null
                ? null
                : amount.setScale(GNK_SCALE, RoundingMode.HALF_EVEN).toPlainString();
    }

    /** Converts an integer of a {@code numeric} column. */
    public static Ngonka toNgonka(BigDecimal whole) {
        return new Ngonka(whole.toBigIntegerExact());
    }

    /** Removes the trailing zeros of a column's scale. */
    public static @Nullable BigDecimal stripZeros(@Nullable BigDecimal number) {
        if (number == null) {
            return null;
        }
        BigDecimal stripped = number.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }
}
