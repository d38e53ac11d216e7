// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.equinox;

import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;

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

    /**
     * Bridges a gateway to a broker, and hears what comes there of the subcluster. Returns when the bridge has said there
     * that it is at work: it carries what comes from its beginning on.
     */
    static BlockingQueue<String> bridged(KuraGateway gateway, LocalBroker broker) throws Exception {
        BlockingQueue<String> heard = broker.listen(SUBCLUSTER + "/#");
        BlockingQueue<String> bridges = broker.listen("streamrelay/bridges/#");
        gateway.create(
                KuraGateway.BRIDGE,
                SUBCLUSTER + "-bridge",
                Map.of(
                        "broker",
                        broker.url(),
                        "username",
                        LocalBroker.USER,
                        "password",
                        LocalBroker.PASSWORD,
                        "subcluster",
                        SUBCLUSTER,
                        "routes",
                        new String[] {SUBCLUSTER + "/# both 1"}));
        assertNotNull(MqttClients.next(bridges), "no bridge says that it is there");
        return heard;
    }

    @Override
    public void close() throws Exception {
        sender.close();
        receiver.close();
    }
}
