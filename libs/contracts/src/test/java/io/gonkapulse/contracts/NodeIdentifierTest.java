package io.gonkapulse.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NodeIdentifierTest {

    private static final String ADDRESS = "gonka1qzmhx83xnamk0uqup3lxpf2te9karrwjm9cjh7";

    @ParameterizedTest
    @ValueSource(
            strings = {
                ADDRESS,
                "  gonka1qzmhx83xnamk0uqup3lxpf2te9karrwjm9cjh7\n",
                "GONKA1QZMHX83XNAMK0UQUP3LXPF2TE9KARRWJM9CJH7",
            })
    void normalizesSpellings(String spelling) {
        assertThat(NodeIdentifier.parse(spelling)).isEqualTo(new NodeIdentifier(ADDRESS));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gonka109g8dnt43nj45xhg83jyjt5f2ywz336w36qzyl",
                "gonka1qygkrhu964zy4r2t9fmlz8fe0q7s0nujw9hvu8",
                "gonka10535msenynlc4ssvyegm7jjjv498f4dqzwgzl6",
            })
    void acceptsChainAddresses(String address) {
        assertThat(NodeIdentifier.parse(address)).hasToString(address);
    }

    @Test
    void detectsEveryWrongCharacter() {
        for (int i = "gonka1".length(); i < ADDRESS.length(); i++) {
            for (char other : "qpzry9x8gf2tvdw0s3jn54khce6mua7l".toCharArray()) {
                if (other != ADDRESS.charAt(i)) {
                    String wrong = ADDRESS.substring(0, i) + other + ADDRESS.substring(i + 1);
                    assertThatIllegalArgumentException().isThrownBy(() -> NodeIdentifier.parse(wrong));
                }
            }
        }
    }

    @Test
    void detectsEverySwappedPair() {
        for (int i = "gonka1".length(); i < ADDRESS.length() - 1; i++) {
            if (ADDRESS.charAt(i) != ADDRESS.charAt(i + 1)) {
                String wrong =
                        ADDRESS.substring(0, i) + ADDRESS.charAt(i + 1) + ADDRESS.charAt(i) + ADDRESS.substring(i + 2);
                assertThatIllegalArgumentException().isThrownBy(() -> NodeIdentifier.parse(wrong));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'', prefix",
        "gonka, prefix",
        "gonka1, prefix",
        "1qzmhx83xnamk0uqup3lxpf2te9karrwjm9cjh7, prefix",
        "gonka1qzmhx83xnamk0uqup3lxpf2te9karrwjm9cjhé, alphabet",
        "gonka1bzmhx83xnamk0uqup3lxpf2te9karrwjm9cjh7, alphabet",
        "gonka1qzmhx83xnamk0uqup3lxpf2te9karrwjm9cjh, checksum",
        "cosmos1zyg3zyg3zyg3zyg3zyg3zyg3zyg3zyg3jkmxez, checksum",
    })
    void explainsInvalidAddress(String text, String why) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NodeIdentifier.parse(text))
                .withMessageContaining(why);
    }

    @Test
    void refusesOtherChainPrefix() {
        String other = Bech32Codec.encode("cosmos", new byte[20]);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> NodeIdentifier.parse(other))
                .withMessageContaining("starts with gonka1");
    }

    @Test
    void shortensOverlongAddressInMessage() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NodeIdentifier.parse("gonka1" + "q".repeat(10_000)))
                .satisfies(refusal -> assertThat(refusal.getMessage()).hasSizeLessThan(200));
    }

    @Test
    void constructorRequiresNormalForm() {
        assertThatIllegalArgumentException().isThrownBy(() -> new NodeIdentifier(" " + ADDRESS));
    }

    @Test
    void derivesTypeFromPrefix() {
        assertThat(new NodeIdentifier(Bech32Codec.encode("gonka", new byte[20])).type())
                .isEqualTo(NodeIdentifier.IdentifierType.WALLET);
        assertThat(new NodeIdentifier(Bech32Codec.encode("gonkavaloper", new byte[20])).type())
                .isEqualTo(NodeIdentifier.IdentifierType.OPERATOR);
        assertThat(new NodeIdentifier(Bech32Codec.encode("gonkavalcons", new byte[20])).type())
                .isEqualTo(NodeIdentifier.IdentifierType.VALIDATOR);
    }

    @Test
    void encodesAccountsToUniqueAddresses() {
        Random random = new Random(7);
        assertThat(Stream.generate(() -> {
                            byte[] account = new byte[20];
                            random.nextBytes(account);
                            return NodeIdentifier.wallet(account);
                        })
                        .limit(1_000))
                .doesNotHaveDuplicates()
                .allSatisfy(identifier -> assertThat(identifier.value()).hasSize(44));
    }
}
