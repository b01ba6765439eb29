package io.gonkapulse.contracts;

/** The type of an address. The chain encodes it in the prefix. */
public enum IdentifierType {
    WALLET("gonka1"),
    OPERATOR("gonkavaloper1"),
    VALIDATOR("gonkavalcons1");

    private final String prefix;

    IdentifierType(String prefix) {
        this.prefix = prefix;
    }

    static IdentifierType of(String address) {
        for (IdentifierType type : values()) {
            if (address.startsWith(type.prefix)) {
                return type;
            }
        }
        throw new IllegalArgumentException(
                "Expected an address that starts with gonka1, gonkavaloper1 or gonkavalcons1, got \"" + address + '"');
    }
}
