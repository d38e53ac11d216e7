// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.interop;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.streamrelay.api.Id;
import java.util.Base64;
import java.util.HexFormat;

/** The reference's sealing and signing, without a mesh. */
public final class ReferenceCrypto {

    private static final HexFormat HEX = HexFormat.of();

    private final PeerProcess process;

    ReferenceCrypto(PeerProcess process) {
        this.process = process;
    }

    /** Its createSharedKey: 32 bytes. */
    byte[] sharedKey(String passphrase) {
        return HEX.parseHex(process.ask("derive", PeerProcess.options().put("passphrase", passphrase))
                .get("sharedKey")
                .asText());
    }

    byte[] seal(byte[] sharedKey, byte[] plaintext) {
        ObjectNode options = PeerProcess.options().put("sharedKey", HEX.formatHex(sharedKey));
        return bytes("seal", options.put("plaintext", base64(plaintext)), "sealed");
    }

    /** @throws IllegalStateException when the reference refuses */
    byte[] open(byte[] sharedKey, byte[] sealed) {
        ObjectNode options = PeerProcess.options().put("sharedKey", HEX.formatHex(sharedKey));
        return bytes("open", options.put("sealed", base64(sealed)), "plaintext");
    }

    /** Its signature, which leaves the first 64 bytes out. */
    byte[] sign(byte[] seed, byte[] message) {
        ObjectNode options = PeerProcess.options().put("seed", HEX.formatHex(seed));
        return bytes("sign", options.put("message", base64(message)), "signature");
    }

    boolean verify(Id publicKey, byte[] message, byte[] signature) {
        ObjectNode options = PeerProcess.options().put("publicKey", publicKey.hex());
        options.put("message", base64(message)).put("signature", base64(signature));
        return process.ask("verify", options).get("verified").asBoolean();
    }

    private byte[] bytes(String command, ObjectNode options, String field) {
        return Base64.getDecoder()
                .decode(process.ask(command, options).get(field).asText());
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
