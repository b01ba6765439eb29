package io.gonkapulse.localservers;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Base64;
import java.util.List;

/**
 * A self-signed certificate with its private key, as Java key stores and as PEM files. Valid for two days.
 *
 * @param keyStore PKCS12 with the key
 * @param trustStore PKCS12 with the certificate only, for the peer
 * @param certificate PEM
 * @param key PEM, readable by its owner only
 */
public record TestCertificate(Path keyStore, Path trustStore, Path certificate, Path key) {

    public static final String PASSWORD = "of-a-test-store";

    private static final String ALIAS = "identity";

    /**
     * Generates a certificate with the JDK's keytool.
     *
     * @param names subject alternative names, such as {@code ip:127.0.0.1,dns:localhost}
     */
    public static TestCertificate createIn(Path directory, String names) {
        try {
            Files.createDirectories(directory);
            TestCertificate identity = new TestCertificate(
                    directory.resolve("identity.p12"),
                    directory.resolve("trusted.p12"),
                    directory.resolve("certificate.pem"),
                    directory.resolve("key.pem"));
            identity.generate(String.valueOf(directory.getFileName()), names);
            identity.export();
            return identity;
        } catch (IOException e) {
            throw new UncheckedIOException("Could not create a certificate in " + directory, e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Could not create a certificate in " + directory, e);
        }
    }

    private void generate(String name, String names) {
        SystemCommand.ProcessResult outcome = new SystemCommand(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        ALIAS,
                        "-keyalg",
                        "EC",
                        "-groupname",
                        "secp256r1",
                        "-validity",
                        "2",
                        "-dname",
                        "CN=" + name,
                        "-ext",
                        "san=" + names,
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        keyStore.toString(),
                        "-storepass",
                        PASSWORD))
                .run();
        if (!outcome.succeeded()) {
            throw new IllegalStateException("keytool failed: " + outcome.output());
        }
    }

    private void export() throws IOException, GeneralSecurityException {
        KeyStore own = KeyStore.getInstance("PKCS12");
        try (InputStream stored = Files.newInputStream(keyStore)) {
            own.load(stored, PASSWORD.toCharArray());
        }
        Certificate itself = own.getCertificate(ALIAS);
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry(ALIAS, itself);
        try (OutputStream stored = Files.newOutputStream(trustStore)) {
            trusted.store(stored, PASSWORD.toCharArray());
        }
        Files.writeString(certificate, pem("CERTIFICATE", itself.getEncoded()));
        Files.writeString(
                key,
                pem("PRIVATE KEY", own.getKey(ALIAS, PASSWORD.toCharArray()).getEncoded()));
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
    }

    private static String pem(String kind, byte[] der) {
        String lines = Base64.getMimeEncoder(64, "\n".getBytes(US_ASCII)).encodeToString(der);
        return "-----BEGIN " + kind + "-----\n" + lines + "\n-----END " + kind + "-----\n";
    }
}
