package io.gonkapulse.apigateway.http;

import io.gonkapulse.contracts.Ngonka;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Formats amounts as decimal strings, because many JSON parsers convert numbers to doubles. */
public final class AmountFormatter {

    private static final int GNK_SCALE = 9;

    private AmountFormatter() {}

    public static String formatGnk(Ngonka amount) {
        return new BigDecimal(amount.amount(), GNK_SCALE).toPlainString();
    }

    /** Formats in GNK; null for null. */
    public static @Nullable String formatOptionalGnk(@Nullable Ngonka amount) {
        return amount == null ? null : formatGnk(amount);
    }

    /** Formats in ngonka; null for null. */
    public static @Nullable String formatOptionalNgonka(@Nullable Ngonka amount) {
        return amount == null ? null : amount.toString();
    }

    /** Converts an amount of a column in GNK. Such columns have eight decimals. */
    public static Ngonka fromGnk(BigDecimal gnk) {
        return toNgonka(gnk.movePointRight(GNK_SCALE));
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
