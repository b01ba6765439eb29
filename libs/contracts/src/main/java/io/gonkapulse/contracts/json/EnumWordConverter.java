package io.gonkapulse.contracts.json;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Converts enum constants to their JSON words: lower case, with hyphens. */
final class EnumWordConverter {

    private static final ClassValue<Map<String, Enum<?>>> BY_WORD = new ClassValue<>() {
        @Override
        protected Map<String, Enum<?>> computeValue(Class<?> type) {
            return Arrays.stream((Enum<?>[]) type.getEnumConstants())
                    .collect(Collectors.toMap(EnumWordConverter::toWord, Function.identity()));
        }
    };

    private EnumWordConverter() {}

    static String toWord(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static <E extends Enum<E>> @Nullable E parse(Class<E> type, String word) {
        return type.cast(BY_WORD.get(type).get(word));
    }

    static List<String> words(Class<? extends Enum<?>> type) {
        return BY_WORD.get(type).keySet().stream().sorted().toList();
    }
}
