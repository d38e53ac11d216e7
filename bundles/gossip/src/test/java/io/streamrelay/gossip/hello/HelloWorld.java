// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.hello;

// README.md shows what stands between the two marks.
// begin: hello world
import io.streamrelay.api.RemotePeer;
import io.streamrelay.api.SharedKey;
import io.streamrelay.api.Subcluster;
import io.streamrelay.api.SubclusterOptions;
import io.streamrelay.crypto.BouncyKeyRing;
import io.streamrelay.gossip.node.IdentityFile;
import io.streamrelay.gossip.node.NodeConfig;
import io.streamrelay.gossip.node.StreamRelayNode;
import io.streamrelay.store.SqlitePacketStoreFactory;
import io.streamrelay.transport.UdpTransport;
import java.io.IOException;
import java.nio.file.Path;

public final class HelloWorld {

    public static void main(String[] args) throws IOException, InterruptedException {
        Path folder = Path.of(args[0]);
        int port = Integer.parseInt(args[1]);
        String[] peers = args.length > 2 ? new String[] {args[2]} : new String[0];

        // Who I am: a peer id and signing keys, made at the first start and kept in the folder.
        var keys = new BouncyKeyRing();
        var me = IdentityFile.in(folder).loadOrCreate(keys);

        // Where I belong: the id of a cluster comes from a text that its peers share.
        var config = NodeConfig.builder(folder)
                .cluster("my-app")
                .port(port)
                .peers(peers)
                .build();
        var node = new StreamRelayNode(me, config, keys, new UdpTransport(), new SqlitePacketStoreFactory());

        // Whoever has the shared key can read and write here; everybody else can only pass it on.
        Subcluster greetings = node.subcluster(SubclusterOptions.of("greetings", SharedKey.ofPassphrase("greetings")));

        greetings.on("hello, world", hello -> System.out.println("hello, world: " + hello.text()));

        node.onReady(info -> greetings.emit("hello, world", "{\"language\":\"english\"}"));

        // Each peer that joins is greeted on a stream of its own.
        greetings.onJoin((RemotePeer peer) -> {
            peer.on("greeting", greeting -> System.out.println(peer.id() + " says " + greeting.text()));
            peer.emit("greeting", "nice to meet you");
        });

        Thread.currentThread().join();
    }
}
// end: hello world
