package io.gonkapulse.apigateway.http;

import io.gonkapulse.contracts.NodeIdentifier;

/** Decides whether text can be the address of a node at all. Databases may also contain other identifiers. */
public final class NodeAddressValidator {

    private NodeAddressValidator() {}

    /** Whether the text has a known prefix and a valid checksum, in lower or upper case. */
    public static boolean isWellFormed(String text) {
        try {
            NodeIdentifier.parse(text);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
