package io.gonkapulse.apigateway.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.contracts.NodeIdentifier;
import io.gonkapulse.contracts.NodeIdentifier.IdentifierType;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The script that checks addresses in the browser repeats rules of {@link NodeIdentifier}. */
class AddressScriptTest {

    private static final Path SCRIPT = Path.of("src/main/resources/static/dashboard/address.js");
    /** Account, operator and validator of the same 20 bytes. */
    private static final List<String> ADDRESSES = List.of(
            "gonka1qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqrk8pql",
            "gonkavaloper1qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqlkkxhj",
            "gonkavalcons1qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqt996mn");

    @Test
    void prefixesAreThoseOfIdentifiers() throws IOException {
        assertThat(ADDRESSES)
                .extracting(address -> NodeIdentifier.parse(address).type())
                .containsExactlyInAnyOrder(IdentifierType.values());
        assertThat(values("PREFIXES"))
                .containsExactlyInAnyOrderElementsOf(ADDRESSES.stream()
                        .map(address -> address.substring(0, address.indexOf('1')))
                        .toList());
    }

    /** Accounts have 20 bytes, contracts 32. */
    @Test
    void lengthsAreThoseOfIdentifiers() throws IOException {
        assertThat(values("LENGTHS"))
                .containsExactlyElementsOf(Stream.of(20, 32)
                        .map(bytes -> NodeIdentifier.wallet(new byte[bytes]).value())
                        .map(address -> String.valueOf(address.length() - "gonka1".length()))
                        .toList());
    }

    /** 20 bytes are 32 groups of five bits: one for each character. */
    @Test
    void alphabetIsThatOfIdentifiers() throws IOException {
        BigInteger groups = BigInteger.ZERO;
        for (int value = 0; value < 32; value++) {
            groups = groups.shiftLeft(5).or(BigInteger.valueOf(value));
        }
        byte[] bits = groups.toByteArray();
        byte[] account = new byte[20];
        System.arraycopy(bits, 0, account, account.length - bits.length, bits.length);
        String address = NodeIdentifier.wallet(account).value();

        assertThat(Files.readString(SCRIPT))
                .contains("const ALPHABET = '" + address.substring("gonka1".length(), address.length() - 6) + "';");
    }

    /** The values of a list in the script, without quotation marks. */
    private static List<String> values(String name) throws IOException {
        return Pattern.compile("const " + name + " = \\[(.*)];")
                .matcher(Files.readString(SCRIPT))
                .results()
                .flatMap(list -> Arrays.stream(list.group(1).replace("'", "").split(", ")))
                .toList();
    }
}
