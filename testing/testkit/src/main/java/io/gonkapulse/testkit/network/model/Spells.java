package io.gonkapulse.testkit.network.model;

import io.gonkapulse.testkit.network.plan.BehaviourShares;

/**
 * When a participant is jailed or unhealthy: at most one spell per stretch of three hours, from a whole UTC minute to
 * another, so that spells never overlap and the minutes of any span can be summed without looking at them all.
 */
final class Spells {

    static final int MINUTES_PER_STRETCH = 180;
    private static final int STRETCHES_PER_DAY = 8;
    private static final long MILLIS_PER_MINUTE = 60_000;
    private static final long MILLIS_PER_STRETCH = MINUTES_PER_STRETCH * MILLIS_PER_MINUTE;

    private final BehaviourShares shares;
    private final Population population;
    private final Dice dice;

    Spells(BehaviourShares shares, Population population, Dice dice) {
        this.shares = shares;
        this.population = population;
        this.dice = dice;
    }

    /** A spell in minutes since 1970, the end not included; empty when it ends where it begins. */
    record Spell(Health state, long from, long to) {

        boolean covers(long minute) {
            return from <= minute && minute < to;
        }

        long millisWithin(long fromMillis, long toMillis) {
            return Math.max(
                    0, Math.min(to * MILLIS_PER_MINUTE, toMillis) - Math.max(from * MILLIS_PER_MINUTE, fromMillis));
        }
    }

    Spell at(int participant, long minute) {
        return ofStretch(participant, Math.floorDiv(minute, MINUTES_PER_STRETCH), population.isBonded(participant));
    }

    /** How much of a span the participant could work. */
    long activeMillis(int participant, long from, long to) {
        boolean bonded = population.isBonded(participant);
        long active = Math.max(0, to - from);
        long last = Math.floorDiv(to, MILLIS_PER_STRETCH);
        for (long stretch = Math.floorDiv(from, MILLIS_PER_STRETCH); stretch <= last; stretch++) {
            active -= ofStretch(participant, stretch, bonded).millisWithin(from, to);
        }
        return active;
    }

    private Spell ofStretch(int participant, long stretch, boolean bonded) {
        long first = stretch * MINUTES_PER_STRETCH;
        if (bonded
                && dice.perMille(
                        shares.jailedDays(),
                        Purpose.JAILED_DAY,
                        participant,
                        Math.floorDiv(stretch, STRETCHES_PER_DAY))) {
            return new Spell(Health.JAILED, first, first + MINUTES_PER_STRETCH);
        }
        if (bonded && dice.perMille(shares.jailedSpells(), Purpose.JAILED_SPELL, participant, stretch)) {
            return within(Health.JAILED, participant, stretch);
        }
        return dice.perMille(shares.unhealthySpells(), Purpose.UNHEALTHY_SPELL, participant, stretch)
                ? within(Health.UNHEALTHY, participant, stretch)
                : new Spell(Health.HEALTHY, first, first);
    }

    private Spell within(Health state, int participant, long stretch) {
        int start = dice.below(MINUTES_PER_STRETCH - 1, Purpose.SPELL_START, participant, stretch);
        int length = 1 + dice.below(MINUTES_PER_STRETCH - start, Purpose.SPELL_END, participant, stretch);
        long first = stretch * MINUTES_PER_STRETCH + start;
        return new Spell(state, first, first + length);
    }
}
