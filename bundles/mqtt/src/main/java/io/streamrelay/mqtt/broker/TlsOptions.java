// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.mqtt.broker;

/**
 * How a broker's certificate is checked; used with {@code ssl://} and {@code wss://}.
 *
 * @param caFile a PEM file of the certificates to trust, empty for none
 * @param trustStore a JKS or PKCS #12 file of the certificates to trust, empty for none; with neither, what this Java
 *     trusts
 * @param trustStorePassword empty for none; never shown
 * @param verifyHost whether the certificate must name the host that was connected to
 */
public record TlsOptions(String caFile, String trustStore, String trustStorePassword, boolean verifyHost) {

    /** What this Java trusts, with the host checked. */
    public static TlsOptions standard() {
        return new TlsOptions("", "", "", true);
    }

    @Override
    public String toString() {
        return "TlsOptions[" + caFile + ", " + trustStore + ", verifyHost=" + verifyHost + "]";
    }
}
