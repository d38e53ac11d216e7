// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.mqtt.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A broker with a certificate of its own for the name localhost, not for 127.0.0.1. */
@ResourceLock("real clients")
class TlsTest {

    private static final String PASSWORD = "only-for-this-test";

    @TempDir
    private static Path folder;

    private static Path keyStore;
    private static Path certificate;
    private static EmbeddedBroker broker;

    @BeforeAll
    static void startBroker() throws Exception {
        keyStore = folder.resolve("broker.p12");
        certificate = folder.resolve("broker.pem");
        keytool(
                keyStore,
                "-genkeypair",
                "-alias",
                "broker",
                "-keyalg",
                "EC",
                "-dname",
                "CN=broker",
                "-ext",
                "san=dns:localhost");
        keytool(keyStore, "-exportcert", "-alias", "broker", "-rfc", "-file", certificate.toString());
        broker = new EmbeddedBroker(
                ";sslEnabled=true;keyStoreType=PKCS12;keyStorePassword=" + PASSWORD + ";keyStorePath=" + keyStore);
    }

    @AfterAll
    static void stopBroker() throws Exception {
        broker.close();
    }

    private static void keytool(Path store, String... arguments) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments));
        command.addAll(List.of("-keystore", store.toString(), "-storetype", "PKCS12", "-storepass", PASSWORD));
        Process keytool = new ProcessBuilder(command).inheritIO().start();
        assertTrue(keytool.waitFor(60, TimeUnit.SECONDS));
        assertEquals(0, keytool.exitValue());
    }

    private static void connect(MqttVersion version, String host, TlsOptions tls) throws Exception {
        BrokerOptions options = new BrokerOptions(
                "ssl://" + host + ":" + broker.port(),
                "",
                "",
                "tls-" + version,
                tls,
                Will.clearing("streamrelay/will"));
        BrokerLink link = new PahoLinks(folder).open(options, version, new BrokerEvents() {
            @Override
            public void arrived(Arrival arrival) {
                arrival.acknowledge();
            }

            @Override
            public void lost(String reason) {
                // The test ends either way.
            }
        });
        try {
            link.connect().toCompletableFuture().get(20, TimeUnit.SECONDS);
        } finally {
            link.disconnect().toCompletableFuture().get(20, TimeUnit.SECONDS);
        }
    }

    private static void isRefused(MqttVersion version, String host, TlsOptions tls) {
        ExecutionException failure = assertThrows(ExecutionException.class, () -> connect(version, host, tls));
        assertEquals(BrokerException.Kind.UNREACHABLE, ((BrokerException) failure.getCause()).kind());
    }

    @ParameterizedTest
    @EnumSource(MqttVersion.class)
    void trustsTheCertificatesOfAFile(MqttVersion version) throws Exception {
        connect(version, "localhost", new TlsOptions(certificate.toString(), "", "", true));
    }

    @ParameterizedTest
    @EnumSource(MqttVersion.class)
    void trustsTheCertificatesOfAStore(MqttVersion version) throws Exception {
        Path trustStore = folder.resolve("trust-" + version + ".p12");
        Files.copy(keyStore, trustStore);
        keytool(trustStore, "-importcert", "-noprompt", "-alias", "trusted", "-file", certificate.toString());
        connect(version, "localhost", new TlsOptions("", trustStore.toString(), PASSWORD, true));
    }

    @ParameterizedTest
    @EnumSource(MqttVersion.class)
    void doesNotTrustAnUnknownCertificate(MqttVersion version) {
        isRefused(version, "localhost", TlsOptions.standard());
    }

    @ParameterizedTest
    @EnumSource(MqttVersion.class)
    void verifiesTheHostUnlessToldNotTo(MqttVersion version) throws Exception {
        isRefused(version, "127.0.0.1", new TlsOptions(certificate.toString(), "", "", true));
        connect(version, "127.0.0.1", new TlsOptions(certificate.toString(), "", "", false));
    }

    @Test
    void namesTheFileThatCannotBeUsed() throws Exception {
        Path empty = Files.createFile(folder.resolve("empty.pem"));
        BrokerException failure = assertThrows(
                BrokerException.class, () -> TlsSockets.trusting(new TlsOptions(empty.toString(), "", "", true)));
        assertTrue(failure.getMessage().contains("empty.pem"), failure.getMessage());
        assertThrows(BrokerException.class, () -> TlsSockets.trusting(new TlsOptions("/no/such/file", "", "", true)));
        assertFalse(new TlsOptions("", "", PASSWORD, true).toString().contains(PASSWORD));
    }
}
