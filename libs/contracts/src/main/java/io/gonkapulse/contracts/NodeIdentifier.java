package io.gonkapulse.contracts;

import java.util.Locale;

/**
 * The address of a node on the chain: bech32 with a verified checksum, in lower case. Two spellings of one address are
 * equal after {@link #parse}.
 */
public record NodeIdentifier(String value) implements Comparable<NodeIdentifier> {

    /** Accepts the normal form only; {@link #parse} accepts other spellings. */
    public NodeIdentifier {
        Bech32Codec.requireValid(value);
        IdentifierType.of(value);
    }

    /** Trims, converts to lower case, then verifies. */
    public static NodeIdentifier parse(String text) {
        return new NodeIdentifier(text.strip().toLowerCase(Locale.ROOT));
    }

    /** The wallet address of an account's bytes, 20 on this chain. */
    public static NodeIdentifier wallet(byte[] account) {
        return new NodeIdentifier(Bech32Codec.encode("gonka", account));
    }

    public IdentifierType type() {
        return IdentifierType.of(value);
    }

    @Override
    public int compareTo(NodeIdentifier other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }

    /** The type of an address. The chain encodes it in the prefix. */
    public enum IdentifierType {
        WALLET("gonka1"),
        OPERATOR("gonkavaloper1"),
        VALIDATOR("gonkavalcons1");

        private final String prefix;

        IdentifierType(String prefix) {
            this.prefix = prefix;
        }

        private static IdentifierType of(String address) {
            for (IdentifierType type : values()) {
                if (address.startsWith(type.prefix)) {
                    return type;
                }
            }
            throw new IllegalArgumentException(
                    "Expected an address that starts with gonka1, gonkavaloper1 or gonkavalcons1, got \"" + address
                            + '"');
        }
    }
}
