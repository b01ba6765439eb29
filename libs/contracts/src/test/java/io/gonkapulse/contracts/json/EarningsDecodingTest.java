package io.gonkapulse.contracts.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gonkapulse.contracts.EarningsFact;
import io.gonkapulse.contracts.Snapshot;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The codec may stop behind the earnings, but must not read them differently. */
class EarningsDecodingTest {

    private final SnapshotCodec codec = new SnapshotCodec();

    @Test
    void readsCanonicalRecords() {
        RandomMessages messages = RandomMessages.plain(3);
        for (int i = 0; i < 1_000; i++) {
            Snapshot snapshot = messages.snapshot();
            assertThat(SnapshotCodec.decodeCanonicalEarnings(codec.encode(snapshot), Long.MAX_VALUE))
                    .isEqualTo(EarningsFact.of(snapshot));
        }
    }

    @Test
    void agreesWithCodecOnUnusualRecords() {
        RandomMessages messages = new RandomMessages(4);
        for (int i = 0; i < 20_000; i++) {
            Snapshot snapshot = messages.snapshot();
            assertThat(codec.decodeEarnings(codec.encode(snapshot), Long.MAX_VALUE))
                    .isEqualTo(EarningsFact.of(snapshot));
        }
    }

    @Test
    @Tag("slow")
    void agreesWithCodecOnDamagedRecords() {
        RandomMessages messages = RandomMessages.plain(5);
        Random random = new Random(5);
        int read = 0;
        for (int i = 0; i < 300_000; i++) {
            byte[] complete = codec.encode(messages.snapshot());
            int needed = new String(complete, UTF_8).indexOf("\"fetchedAt\"");
            byte[] damaged = damage(complete, random.nextInt(needed), random);
            EarningsFact fact = SnapshotCodec.decodeCanonicalEarnings(damaged, Long.MAX_VALUE);
            if (fact != null) {
                read++;
                assertThat(fact).as(new String(damaged, UTF_8)).isEqualTo(EarningsFact.of(codec.decode(damaged)));
            }
        }
        assertThat(read).isGreaterThan(20_000);
    }

    @Test
    void ignoresDamagedEnd() {
        String json = new String(codec.encode(RandomMessages.plain(6).live()), UTF_8);
        byte[] cut = json.substring(0, json.indexOf(",\"status\"") + 1).getBytes(UTF_8);

        assertThat(codec.decodeEarnings(cut, Long.MAX_VALUE))
                .isEqualTo(EarningsFact.of(codec.decode(json.getBytes(UTF_8))));
    }

    @Test
    void refusesUnreadableRecord() {
        assertThatThrownBy(() -> codec.decodeEarnings(
                        "{\"v\":1,\"kind\":\"live\",\"node\":\"x\"}".getBytes(UTF_8), Long.MAX_VALUE))
                .isInstanceOf(UndecodableMessageException.class);
        assertThatThrownBy(() -> codec.decodeEarnings(new byte[0], Long.MAX_VALUE))
                .isInstanceOf(UndecodableMessageException.class);
    }

    private static byte[] damage(byte[] json, int at, Random random) {
        byte[] bytes = json.clone();
        byte other = bytes[random.nextInt(bytes.length)];
        bytes[at] = random.nextBoolean() ? other : (byte) (' ' + random.nextInt(95));
        return bytes;
    }
}
