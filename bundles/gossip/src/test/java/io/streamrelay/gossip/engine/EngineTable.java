// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import static org.junit.jupiter.api.Assertions.assertTrue;

/** The tables that an engine keeps whoever its peers are, each with its limit. */
enum EngineTable {
    PEERS("peers.byId", Limits.PEERS_MAX),
    PEER_ADDRESSES("peers.byEndpoint", Limits.PEERS_MAX),
    KNOWN("handshake.bootstrap.known", Limits.PEERS_MAX),
    QUARANTINE("admission.quarantine", Limits.QUARANTINE_PACKETS_MAX),
    HUNTS("missing.hunts", Limits.HUNTS_MAX),
    PUBLICATIONS("publisher.pending", Limits.PUBLICATIONS_MAX),
    JOINS("joins.passedOnMs", Limits.JOINS_MAX),
    JOINED_SUBCLUSTERS("joins.rare", Limits.JOINED_SUBCLUSTERS_MAX),
    SIGNERS("joins.authenticity.signers", Limits.SIGNERS_MAX),
    STREAMS("streams.gatherings", Limits.STREAMS_MAX),
    QUERIES("queries.asked", Limits.QUERIES_MAX),
    QUESTIONS("queries.questions.pending", Limits.QUESTIONS_PENDING_MAX),
    CLOCKS("queries.clocks.aheadOfMonotonicMs", Limits.CLOCKS_MAX),
    ACQUAINTANCES("matchmaking.acquaintances.acquaintances", Limits.ACQUAINTANCES_MAX),
    PROXIED("matchmaking.proxies.proxied", Limits.PROXIED_MAX),
    INTRODUCTIONS("matchmaking.introductions.made", Limits.INTRODUCTIONS_REMEMBERED_MAX),
    RENDEZVOUS_REMEMBERED("matchmaking.rendezvous.repliedMs", Limits.RENDEZVOUS_REMEMBERED_MAX),
    RENDEZVOUS_WAITING("matchmaking.rendezvous.waiting", Limits.RENDEZVOUS_WAITING_MAX);

    private final String path;
    private final int entriesMax;

    EngineTable(String path, int entriesMax) {
        this.path = path;
        this.entriesMax = entriesMax;
    }

    int size(Engine engine) {
        return Tables.size(engine, path);
    }

    static void assertAllBounded(Engine engine) {
        for (EngineTable table : values()) {
            int size = table.size(engine);
            assertTrue(size <= table.entriesMax, () -> table + " has " + size + " entries");
        }
    }
}
