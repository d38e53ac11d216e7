// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.equinox;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Two gateways with Kura and one subcluster, of which the second knows where the first is. */
record KuraPair(KuraGateway sender, KuraGateway receiver) implements AutoCloseable {

    static final String SUBCLUSTER = "plant";
    static final String KEY = "the plant's passphrase";

    /** @param folder where both keep what they have */
    static KuraPair started(Path folder) throws Exception {
        KuraGateway sender = new KuraGateway(folder.resolve("here"));
        KuraPair pair = new KuraPair(sender, new KuraGateway(folder.resolve("there"), sender.endpoint()));
        for (KuraGateway gateway : List.of(pair.sender, pair.receiver)) {
            gateway.start();
            gateway.create(KuraGateway.SUBCLUSTER, SUBCLUSTER, Map.of("name", SUBCLUSTER, "sharedKey", KEY));
        }
        return pair;
    }

    @Override
    public void close() throws Exception {
        sender.close();
        receiver.close();
    }
}
