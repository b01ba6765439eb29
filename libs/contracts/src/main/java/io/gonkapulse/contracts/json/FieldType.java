package io.gonkapulse.contracts.json;

/** How a value stands in JSON. */
enum FieldType {
    /** A string that is different in most records. */
    TEXT,
    /** A string that many records share. */
    SHARED_TEXT,
    /** A number without fraction or exponent, from 0 to 2^63-1. */
    INTEGER,
    /** Any number. */
    DECIMAL,
    /** Whole ngonka as a string: as a number it would lose digits in many a reader. */
    AMOUNT,
    /** UTC with Z, up to nine decimals of a second. */
    INSTANT,
    FLAG,
    /** An object of whole numbers by name. */
    COUNTS
}
