package io.gonkapulse.networksimulator.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ParticipantAddressCodecTest {

    private final ParticipantAddressCodec addresses = new ParticipantAddressCodec(new SeededRandom(5), 1_000);

    @Test
    void addressMapsBackToNumber() {
        assertThat(IntStream.range(0, 1_000))
                .allMatch(number ->
                        addresses.find(addresses.identifier(number).value()).orElseThrow() == number);
    }

    @Test
    void findsNoForeignAddress() {
        ParticipantAddressCodec others = new ParticipantAddressCodec(new SeededRandom(6), 1_000);
        assertThat(IntStream.range(0, 1_000))
                .allMatch(number ->
                        addresses.find(others.identifier(number).value()).isEmpty());
        assertThat(addresses.find("gonka1")).isEmpty();
        assertThat(addresses.find("gonka1???????????????????")).isEmpty();
        assertThat(addresses.find("")).isEmpty();
    }

    @Test
    void unmixReversesMix() {
        new Random(1)
                .longs(1_000)
                .forEach(value ->
                        assertThat(SeededRandom.unmix(SeededRandom.mix(value))).isEqualTo(value));
    }

    @Test
    void activeTimeExcludesOutageMinutes() {
        NetworkModel model = new NetworkModel(NetworkPlan.defaults());
        SeededRandom random = new SeededRandom(model.plan().seed());
        ParticipantFactory population = new ParticipantFactory(model.plan(), random);
        OutageSchedule outages = new OutageSchedule(BehaviourFrequencies.realistic(), population, random);
        long from = 29_000_000;
        for (int participant = 0; participant < 40; participant++) {
            long counted = 0;
            for (long minute = from; minute < from + 4_321; minute++) {
                counted += outages.outageAt(participant, minute).covers(minute) ? 0 : 60_000;
            }
            assertThat(outages.activeMillis(participant, from * 60_000, (from + 4_321) * 60_000))
                    .isEqualTo(counted);
        }
    }
}
