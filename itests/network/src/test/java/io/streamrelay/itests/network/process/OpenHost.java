// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.network.process;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.streamrelay.api.Endpoint;
import io.streamrelay.gossip.node.NodeConfig;
import io.streamrelay.itests.interop.PeerProcess;
import io.streamrelay.itests.network.lab.Host;
import io.streamrelay.itests.network.lab.Lab;
import java.util.List;

/** The only nodes of a lab that nothing stands before: three, for to know one's NAT takes two and one may be busy. */
public final class OpenHost implements AutoCloseable {

    private static final List<String> ADDRESSES = List.of("203.0.113.10", "203.0.113.11", "203.0.113.12");

    private final PeerProcess process;

    private OpenHost(PeerProcess process) {
        this.process = process;
    }

    public static OpenHost start(Lab lab, String cluster) {
        Host host = lab.internet("open", ADDRESSES.toArray(String[]::new));
        ObjectNode options =
                PeerProcess.options().put("folder", NodeFolder.fresh("open")).put("cluster", cluster);
        ADDRESSES.forEach(options.putArray("addresses")::add);
        return StartGate.pass(() -> {
            PeerProcess process = JavaProcess.start(host, OpenNodes.class);
            process.ask("start", options);
            return new OpenHost(process);
        });
    }

    public static List<Endpoint> endpoints() {
        return ADDRESSES.stream()
                .map(address -> Endpoint.of(address, NodeConfig.DEFAULT_PORT))
                .toList();
    }

    /** Switches it off: all of its nodes are gone without a word. */
    @Override
    public void close() {
        process.close();
    }
}
