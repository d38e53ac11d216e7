// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.mqtt.broker;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;

/** Makes TLS sockets that trust what {@link TlsOptions} says. */
final class TlsSockets {

    private TlsSockets() {}

    /** @throws BrokerException when a file cannot be read or holds no certificates */
    static SSLSocketFactory trusting(TlsOptions options) throws BrokerException {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted(options));
            context.init(null, trust.getTrustManagers(), null);
            return context.getSocketFactory();
        } catch (GeneralSecurityException | IOException e) {
            throw new BrokerException(
                    BrokerException.Kind.CLIENT_REFUSED, "the certificates to trust cannot be used: " + e, e);
        }
    }

    private static KeyStore trusted(TlsOptions options) throws GeneralSecurityException, IOException {
        if (!options.caFile().isEmpty()) {
            return fromPem(Path.of(options.caFile()));
        }
        if (options.trustStore().isEmpty()) {
            return null;
        }
        // An empty password opens the store without checking its integrity, as null does.
        char[] password = options.trustStorePassword().isEmpty()
                ? null
                : options.trustStorePassword().toCharArray();
        return KeyStore.getInstance(Path.of(options.trustStore()).toFile(), password);
    }

    private static KeyStore fromPem(Path file) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        int entry = 0;
        try (InputStream in = Files.newInputStream(file)) {
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                store.setCertificateEntry("ca" + entry++, certificate);
            }
        }
        if (entry == 0) {
            throw new IOException("no certificate in " + file);
        }
        return store;
    }
}
