package io.gonkapulse.contracts.json;

/** The JSON type of a field. */
enum FieldType {
    /** A string that differs in most records. */
    TEXT,
    /** A string that many records share; the decoder caches it. */
    SHARED_TEXT,
    /** An integer from 0 to 2^63-1. */
    INTEGER,
    /** A decimal number. */
    DECIMAL,
    /** Whole ngonka as a string: many JSON parsers would lose digits of a number. */
    AMOUNT,
    /** UTC with {@code Z} and up to nine decimals of a second. */
    INSTANT,
    FLAG,
    /** An object with integers as values. */
    COUNTS
}
