// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.console.command;

import io.streamrelay.api.Receipt;
import io.streamrelay.console.text.Report;
import java.util.List;

/** A message that is on disk. */
record Published(String subcluster, String topic, Receipt receipt) implements Report {

    /** What {@code --json} gives. */
    record Accepted(String message, int packets, String subcluster, String topic) {}

    @Override
    public List<String> lines() {
        String id = receipt.packetId().hex();
        return List.of(
                "message " + id + " is on disk and on its way",
                "srp:trace " + receipt.packetId().shortHex() + " shows how far it has come");
    }

    @Override
    public Object data() {
        return new Accepted(receipt.packetId().hex(), receipt.packets(), subcluster, topic);
    }
}
