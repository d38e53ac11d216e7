// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node;

import io.streamrelay.api.store.PacketStore;
import io.streamrelay.api.store.PacketStoreFactory;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;

/** Stores as another does, but never says that anything is safe. */
record StuckStore(PacketStoreFactory stores) implements PacketStoreFactory {

    @Override
    public PacketStore open(Path directory) throws IOException {
        PacketStore store = stores.open(directory);
        return (PacketStore) Proxy.newProxyInstance(
                PacketStore.class.getClassLoader(),
                new Class<?>[] {PacketStore.class},
                (proxy, method, arguments) -> method.getName().equals("commit")
                        ? new CompletableFuture<Void>()
                        : method.invoke(store, arguments));
    }
}
