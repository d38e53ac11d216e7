// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.kura.status;

import io.streamrelay.api.AbsentPeer;
import io.streamrelay.api.BacklogInfo;
import io.streamrelay.api.Endpoint;
import io.streamrelay.api.GapInfo;
import io.streamrelay.api.Id;
import io.streamrelay.api.NatType;
import io.streamrelay.api.NodeInfo;
import io.streamrelay.api.PeerInfo;
import io.streamrelay.api.Route;
import io.streamrelay.api.StreamRelay;
import io.streamrelay.api.Subcluster;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A node with a peer that is there, one that is not, a subcluster, and messages that wait. */
final class FakeRelay {

    static final Id SELF = id('1');
    static final Id PEER = id('2');
    static final Id ABSENT = id('3');
    static final Id SUBCLUSTER = id('4');
    static final Id CLOSED_SUBCLUSTER = id('5');
    static final Id SENDER_KEY = id('e');

    private FakeRelay() {}

    private static Id id(char digit) {
        return Id.ofHex(String.valueOf(digit).repeat(64));
    }

    static StreamRelay withSubcluster(String name) {
        Subcluster subcluster = as(
                Subcluster.class,
                Map.of(
                        "name",
                        name,
                        "id",
                        SUBCLUSTER,
                        "members",
                        Set.of(PEER),
                        "gaps",
                        List.of(new GapInfo(PEER, 1, 5, 7, 0))));
        NodeInfo self = new NodeInfo(
                SELF,
                id('c'),
                SENDER_KEY,
                19777,
                19778,
                NatType.PORT_RESTRICTED,
                Optional.of(Endpoint.of("192.0.2.1", 19777)),
                1,
                300_000,
                12_000);
        PeerInfo peer = new PeerInfo(
                PEER,
                Endpoint.of("192.0.2.2", 2222),
                NatType.UNRESTRICTED,
                Route.DIRECT,
                true,
                3_000,
                -1,
                0,
                true,
                0,
                Set.of(SUBCLUSTER, CLOSED_SUBCLUSTER));
        return as(
                StreamRelay.class,
                Map.of(
                        "info", self,
                        "peers", List.of(peer),
                        "absentPeers", List.of(new AbsentPeer(ABSENT, Endpoint.of("192.0.2.3", 3333), 7_200_000)),
                        "backlog", List.of(new BacklogInfo(SUBCLUSTER, 17, 4_321, 90_000)),
                        "counters",
                                Map.of(
                                        "drop.bad-magic",
                                        5L,
                                        "evicted-oldest",
                                        4L,
                                        "expired",
                                        3L,
                                        "not-kept",
                                        2L,
                                        "refused.busy",
                                        6L,
                                        "sent.messages",
                                        9_876L),
                        "subclusters", List.of(subcluster)));
    }

    private static <T> T as(Class<T> type, Map<String, Object> answers) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    if (!answers.containsKey(method.getName())) {
                        throw new UnsupportedOperationException(method.getName());
                    }
                    return answers.get(method.getName());
                }));
    }
}
