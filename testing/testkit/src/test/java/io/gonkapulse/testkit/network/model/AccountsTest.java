package io.gonkapulse.testkit.network.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.testkit.network.plan.BehaviourShares;
import io.gonkapulse.testkit.network.plan.NetworkPlan;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AccountsTest {

    private final Accounts accounts = new Accounts(new Dice(5), 1_000);

    @Test
    void addressLeadsBackToItsNumber() {
        assertThat(IntStream.range(0, 1_000))
                .allMatch(number ->
                        accounts.find(accounts.identifier(number).value()).orElseThrow() == number);
    }

    @Test
    void strangersAreNotFound() {
        Accounts others = new Accounts(new Dice(6), 1_000);
        assertThat(IntStream.range(0, 1_000))
                .allMatch(number ->
                        accounts.find(others.identifier(number).value()).isEmpty());
        assertThat(accounts.find("gonka1")).isEmpty();
        assertThat(accounts.find("gonka1???????????????????")).isEmpty();
        assertThat(accounts.find("")).isEmpty();
    }

    @Test
    void scramblingIsUndone() {
        new Random(1)
                .longs(1_000)
                .forEach(
                        value -> assertThat(Scramble.unmix(Scramble.mix(value))).isEqualTo(value));
    }

    @Test
    void activeTimeIsExactlyTheMinutesThatAreNotInASpell() {
        NetworkModel model = new NetworkModel(NetworkPlan.defaults());
        Dice dice = new Dice(model.plan().seed());
        Population population = new Population(model.plan(), dice);
        Spells spells = new Spells(BehaviourShares.lively(), population, dice);
        long from = 29_000_000;
        for (int participant = 0; participant < 40; participant++) {
            long counted = 0;
            for (long minute = from; minute < from + 4_321; minute++) {
                counted += spells.at(participant, minute).covers(minute) ? 0 : 60_000;
            }
            assertThat(spells.activeMillis(participant, from * 60_000, (from + 4_321) * 60_000))
                    .isEqualTo(counted);
        }
    }
}
