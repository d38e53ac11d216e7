// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.karaf.process;

import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** What an operator types into the console. */
@Order(7)
class ConsoleIT {

    @Test
    void appliesWhatConfigEditChangesWhileTheGatewayRuns() throws Exception {
        int port = 19_777 + PortOffset.free();
        Console console = new Console(GatewayHome.fresh("console"), PortOffset.free());
        try (GatewayProcess gateway = GatewayProcess.start(console.home(), console.offset())) {
            gateway.awaitReady();

            console.type("config:edit io.streamrelay.node", "config:property-set port " + port, "config:update");
            console.awaitLog("UDP open on 0.0.0.0: port " + port + ",");

            console.type(
                    "config:edit --factory --alias late io.streamrelay.subcluster",
                    "config:property-set name late",
                    "config:property-set sharedKey 'a key of its own'",
                    "config:update");
            console.awaitLog("subcluster late is open");

            console.type("config:edit io.streamrelay.node", "config:property-set port 99999", "config:update");
            console.awaitLog("port: '99999' is not allowed; a whole number from 0 to 65535 is");
        }
    }
}
