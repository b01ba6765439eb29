package io.gonkapulse.jobrecorder.merge;

/**
 * How a column of a stored row and of an incoming row become one, as SQL over {@code kept} and {@code excluded}. Every
 * rule is commutative, associative and idempotent.
 *
 * @param expression of the joined value; {@code {}} is the name of the column
 * @param decides whether a change of this column alone is a change of the row; the other columns follow a key
 */
record MergeRule(String expression, boolean decides) {

    static final MergeRule SMALLEST = new MergeRule("least(kept.{}, excluded.{})", true);
    static final MergeRule LARGEST = new MergeRule("greatest(kept.{}, excluded.{})", true);
    static final MergeRule OR = new MergeRule("kept.{} or excluded.{}", true);

    /** By bytes, as Java compares, and not by the database's language. */
    static final MergeRule LARGEST_TEXT = new MergeRule("greatest(kept.{} collate \"C\", excluded.{})", true);

    /** Both rows have the same value. */
    static final MergeRule CONSTANT = new MergeRule("kept.{}", false);

    /** The value that belongs to the smallest key. */
    static MergeRule withSmallest(String key) {
        return new MergeRule(
                "case when least(kept.%1$s, excluded.%1$s) = kept.%1$s then kept.{} else excluded.{} end"
                        .formatted(key),
                false);
    }

    /** The value that belongs to the largest key. */
    static MergeRule withLargest(String key) {
        return new MergeRule(
                "case when greatest(kept.%1$s, excluded.%1$s) = kept.%1$s then kept.{} else excluded.{} end"
                        .formatted(key),
                false);
    }

    /** A rule of one attempt: a newer attempt replaces the value, an older one leaves it. */
    MergeRule ofAttempt() {
        return new MergeRule(
                "case when excluded.attempt > kept.attempt then excluded.{} "
                        + "when excluded.attempt < kept.attempt then kept.{} else " + expression + " end",
                decides);
    }

    String of(String column) {
        return expression.replace("{}", column);
    }
}
