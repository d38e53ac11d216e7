// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import io.streamrelay.gossip.packet.Inventory;

/** The limit of every table, queue and loop of the engine, in one place. */
final class Limits {

    /** Connected peers; the reference's soft cap. */
    static final int PEERS_MAX = 256;

    /** From so many peers on, each new one is introduced to some: they may know nobody else. A guess: three quarters. */
    static final int PEERS_CROWDED = 192;

    /** How many peers, those who came first, make room for nobody: a guess, half of them. */
    static final int PEERS_STEADY = 128;

    /** How many of those that have been silent for longest are pinged at once where the table fills up. A guess: 7 kB/s. */
    static final int CROWD_ASKED = 8;

    /** After so many pings without an answer a peer makes room. A guess: of 100 that lose a tenth, 4 come to it. */
    static final int CROWD_PINGS = 2;

    /** How many peers are remembered that made room for others; a guess: a network of 10,000 nodes. */
    static final int TURNS_REMEMBERED_MAX = 16_384;

    /** How many peers a node looks for by itself; a guess: twice the degree that keeps random graphs connected. */
    static final int PEERS_WANTED = 8;

    /** How many members of each of its subclusters a node looks for; a guess, for the same reason. */
    static final int MEMBERS_WANTED = 8;

    /** Up to how many peers a node meets those half way who may want it; a guess: the two wants together. */
    static final int PEERS_WELCOME = 16;

    /** Up to how many peers a node meets those half way who have asked for it by name. A guess: twice as many. */
    static final int PEERS_HELPED = 32;

    /** Own networks that peers are looked for in. A guess: a gateway has two or three. */
    static final int SUBNETS_MAX = 8;

    /** Subclusters remembered for one peer. */
    static final int PEER_SUBCLUSTERS_MAX = 64;

    /** Hops after which a packet is not passed on unasked; the reference's MAX_HOPS. */
    static final int HOPS_MAX = 16;

    /**
     * Hops after which a packet is not even sent to a peer that lacks it; RFC 9171 §4.4.3 allows 1 to 255. A guess: a
     * line of gateways may be long, and what goes round is recognised anyway.
     */
    static final int CARRIED_HOPS_MAX = 64;

    /** Peers that an own packet is sent to at once. A guess, to be measured. */
    static final int FAN_OUT_ORIGIN = 8;

    /**
     * Peers that a relayed packet is sent to. Measured with 128 nodes (S1): with 4 each node is sent a packet 2.2 times,
     * with 3 1.9 times, and the last one gets it as early.
     */
    static final int FAN_OUT_RELAY = 3;

    /** To how many of these at once. Measured as above: with 1 nine of ten nodes get it a third later. */
    static final int FAN_OUT_AT_ONCE = 2;

    /** Peers that a packet is passed on to which mended a gap here. Measured as above: most of them have it. */
    static final int FAN_OUT_REPAIR = 1;

    /** Subclusters of which is known who gets at once what is new. A guess: more than a gateway takes part in. */
    static final int PUSH_TREES_MAX = 64;

    /** With no more peers than these a node may be the only way from one to the other. Two neighbours make a line. */
    static final int LINE_PEERS = 2;

    /** With fewer peers a mesh may be a chain, where nobody gets it but from the one before. A guess: half of those wanted. */
    static final int REUNITING_PEERS = 4;

    /** Peers that a join or a question is passed on to; the reference sends to 3 and one friend. */
    static final int FAN_OUT_CONTROL = 4;

    /** Packets that mended a gap here and are passed on unasked, in a second; with 4, LossyMeshTest is slower. */
    static final int REPAIRS_PASSED_PER_SECOND = 16;

    /** The same at once. */
    static final int REPAIRS_PASSED_BURST = 16;

    /** Ids remembered as seen after their packets have gone, at the least; twice as many at the most. */
    static final int SEEN_IDS = 1 << 18;

    /** Other clusters' ids remembered by a node that carries none; one that is forgotten is asked for once more. A guess. */
    static final int FOREIGN_IDS = 1 << 15;

    /** Ids remembered as let go for want of room, at the least; one that is forgotten is taken like a new one. A guess. */
    static final int EVICTED_IDS = 1 << 14;

    /** Fragments that wait for the one before them, without which their ids cannot be verified. */
    static final int QUARANTINE_PACKETS_MAX = 512;

    /** Contacts that were given up and may still be answered. A guess: as many as are tried at once. */
    static final int GIVEN_UP_MAX = 64;

    /** Fragments that are sent again to who has started again. A guess: more than are under way. */
    static final int NEWLY_CAME_MAX = 64;

    /** Messages whose missing fragments are asked for at the same time. */
    static final int HUNTS_MAX = 64;

    /** How often in a row a message's missing fragments are asked for in vain. A guess: over 25 s in all. */
    static final int HUNT_ATTEMPTS_MAX = 10;

    /** Fragments of one message that are asked for at once. A guess: 5 kB of questions. */
    static final int FRAGMENTS_ASKED_MAX = 32;

    /** What IPv4 and UDP add to each datagram. */
    static final int DATAGRAM_HEADER_BYTES = 28;

    /** How often what got lost is sent again at once; then it is left to anti-entropy. A guess: one in 200,000 at 60 % loss. */
    static final int LOST_TIMES_MAX = 24;

    /** Packets that wait to be sent to one peer; what does not fit is left to anti-entropy. */
    static final int OUTFLOW_PACKETS_MAX = 4096;

    /** And of those the packets of other clusters: a flood of them leaves room for our own. */
    static final int OUTFLOW_FOREIGN_MAX = 1024;

    /** Packets that kin has had, which it is asked for at once. A guess: eight datagrams; the others at the next comparison. */
    static final int BYGONES_AT_ONCE = 8 * Inventory.NAMES_MAX;

    /** Own packets that kin is asked for at once; what an inventory holds. */
    static final int CONFIRMATIONS_AT_ONCE = Inventory.NAMES_MAX;

    /** Pulses that ask for who was there before it is pinged, should it take none. A guess: some seconds. */
    static final int RECALLS_AT_FIRST = 3;

    /** Of so many attempts afterwards one is a ping. A guess: it costs as much as the others together. */
    static final int RECALLS_IN_A_ROW = 16;

    /** Attempts on who was there before, while enough others are: a day. A guess: then the address is most likely another's. */
    static final int RECALLS_MAX = 1_500;

    /** Attempts on an address before the pauses between them grow further: ten minutes. A guess. */
    static final int CONTACTS_BRISK = 64;

    /** Peers out of reach for which packets wait. A guess. */
    static final int PARKED_MAX = 64;

    /** Values that one of our own nodes is told the names of. A guess: ids of clusters, subclusters and large messages. */
    static final int VALUES_SHARED_MAX = 64;

    /** Values remembered of those that one of our own nodes has told: it knows which of them came a round trip later. */
    static final int VALUES_HEARD_MAX = 4 * VALUES_SHARED_MAX;

    /** Fragments after which one of our own nodes is told the next without its id: those of as many messages at a time. */
    static final int NEXT_IDS_TOLD_MAX = 16;

    /** Fragments remembered for that: their teller remembers fewer, in the same order. */
    static final int NEXT_IDS_HEARD_MAX = 4 * NEXT_IDS_TOLD_MAX;

    /** Packets remembered for each peer as sent to it. */
    static final int SENDINGS_MAX = 32_768;

    /** Summaries of one peer that are answered in a second, in the long run; a guess: some 20 kB/s. */
    static final int SYNC_ANSWERS_PER_SECOND = 50;

    /** Summaries of one peer that are answered at once: a full reconciliation needs some hundred. A guess. */
    static final int SYNC_ANSWERS_BURST = 500;

    /** How often a peer may ask what has come. Kin does four times a second when it hears nothing, else up to ten times. */
    static final int RECEIPTS_ASKED_PER_SECOND = 20;

    static final int RECEIPTS_ASKED_BURST = 50;

    /** Peers that a join which has come farther is passed on to: it dies out slowly rather than flood the mesh. */
    static final int JOIN_FAN_OUT_FAR = 2;

    /** Joins of one subcluster that are passed on farther at once; measured, JoinGrowthTest: nearly flat up to 512 nodes. */
    static final int SUBCLUSTER_JOINS_BURST = 8;

    /** Joins of one subcluster that are passed on farther in the long run: one a minute. A guess. */
    static final double SUBCLUSTER_JOINS_PER_SECOND = 1.0 / 60;

    /** So many peers that come together join two parts of a mesh well enough. A guess: one or two may go. */
    static final int WAYS_WANTED = 3;

    /**
     * Peers that are back and are joined once more by a node that the mesh may not know yet, though it has members enough: one
     * at once, then one a minute. A guess.
     */
    static final double RETURN_JOINS_PER_SECOND = 1.0 / 60;

    /** Joins to whom the mesh knows, in the long run: as often as who looks for members announces itself. */
    static final double REUNION_JOINS_PER_SECOND = 1.0 / 600;

    /** The same at once. A guess: the first may go to one who knows nobody else. */
    static final int REUNION_JOINS_BURST = 2;

    /** Subclusters whose joins are counted. */
    static final int JOINED_SUBCLUSTERS_MAX = 1024;

    /** Joins that are passed on in a second, in the long run, however large the mesh is. A guess: some 10 kB/s. */
    static final int JOINS_PER_SECOND = 10;

    /** Joins that are passed on at once: a mesh of this size that starts together. A guess. */
    static final int JOINS_BURST = 128;

    /** Join packets remembered so that each is passed on once. */
    static final int JOINS_MAX = 4096;

    /** Peers' reports of this node's own address that are weighed against each other, in each view. */
    static final int REPORTS_MAX = 16;

    /** From how many reports on a node no longer asks each new peer where it is seen; heartbeats tell it later. */
    static final int REPORTS_WANTED = 3;

    /** How often a responder is asked for the probe socket's port: at 30 % loss one of these is answered in 97 %. */
    static final int REFLECTION_PORT_ROUNDS = 5;

    /** Rounds of probes: at 30 % loss 98 % of responders answer often enough. */
    static final int REFLECTION_ROUNDS = 16;

    /** Answers without a probe pong before "filtered" is concluded: at 30 % loss 0.8 % are wrong, and confirmed. */
    static final int REFLECTION_ANSWERS = 4;

    /** Addresses remembered as responders. */
    static final int RESPONDERS_MAX = 256;

    /** Reference peers that are helped to their NAT type at once. A guess. */
    static final int LONES_MAX = 16;

    /** Rounds for one of them: it looks for responders every 4 s or more often, and then needs one. */
    static final int LONE_ROUNDS_MAX = 16;

    /** In how many rounds it answers a ping alone before it is taken for one that does not know its type. */
    static final int LONE_SILENCES = 2;

    /** Messages handed in and not yet committed. */
    static final int PUBLICATIONS_MAX = 16_384;

    /** Streams whose fragments are being gathered. */
    static final int STREAMS_MAX = 64;

    /** Packets of streams that wait for their others, all together: four of the largest messages. */
    static final int STREAM_PARTS_MAX = 4_200;

    /** The same of those that came through one neighbour, so that it cannot keep out the others. */
    static final int STREAM_PARTS_OF_PEER_MAX = 2_100;

    /** Packets that all claim to be one and the same fragment, and wait for the one before it to tell. */
    static final int STREAM_RIVALS_MAX = 4;

    /** Streams remembered so that none is delivered or passed on twice, at the least; twice as many at the most. */
    static final int STREAM_IDS = 8192;

    /** Packets of streams and answers that wait for one peer: two of the largest messages. */
    static final int DIRECT_PACKETS_MAX = 2_100;

    /** Addresses whose credit is remembered; one that is forgotten begins at nothing, which is safe. */
    static final int UNPROVEN_ADDRESSES_MAX = 4096;

    /** The most bytes that an unproven address can save up; a guess: a burst of a hundred small packets. */
    static final int UNPROVEN_CREDIT_MAX = 32_768;

    /** Addresses remembered as having answered a challenge. */
    static final int PROVEN_ADDRESSES_MAX = 1024;

    /** Own questions that wait for answers; the driver refuses more. */
    static final int QUERIES_MAX = 256;

    /** Fragmented answers to one question that are gathered at the same time. */
    static final int ANSWERS_GATHERED_MAX = 4;

    /** Whence questions came, so that their answers find back; the least used is forgotten first. */
    static final int ROUTES_MAX = 4096;

    /** Answer packets that are passed back to one question: the largest message twice. */
    static final int ANSWER_PACKETS_MAX = 2_100;

    /** Questions, and answers, remembered so that each passes once, at the least; twice as many at the most. */
    static final int QUERY_IDS = 8192;

    /** Questions of one peer that are taken in a second, in the long run; a guess. */
    static final int QUESTIONS_PER_SECOND = 20;

    /** Questions of one peer that are taken at once; a guess. */
    static final int QUESTIONS_BURST = 100;

    /** Questions that the application thinks about; what comes then is passed on at once. */
    static final int QUESTIONS_PENDING_MAX = 64;

    /** Endpoints whose clocks are known: more than the peers there can be. */
    static final int CLOCKS_MAX = 512;

    /** How often a peer's known address is asked before it is given up for another: 3.5 s in all. A guess. */
    static final int RELOCATION_QUESTIONS = 3;

    /** Peer ids remembered as having signed. */
    static final int SIGNERS_MAX = 4096;

    /** Signatures of one peer that are verified in a second, in the long run; a guess. */
    static final int VERIFICATIONS_PER_SECOND = 4;

    /** Signatures of one peer that are verified at once: it may tell of this many subclusters when it comes. */
    static final int VERIFICATIONS_BURST = 2 * PEER_SUBCLUSTERS_MAX;

    /** How many partners a peer that joins is introduced to at once; what the reference comes to. */
    static final int INTRODUCTIONS_PER_JOIN = 5;

    /** Pairs of peers that are remembered as introduced to each other. */
    static final int INTRODUCTIONS_REMEMBERED_MAX = 16_384;

    /** Peers remembered as introduced to this node. */
    static final int ACQUAINTANCES_MAX = 256;

    /** How often an introducer is asked for the same peer again; a guess: four traversals fail once in 60,000. */
    static final int ASKINGS_MAX = 3;

    /** Peers that are reached through others. */
    static final int PROXIED_MAX = 256;

    /** Clusters whose share of the store is told; a guess: more than a person reads. */
    static final int CLUSTERS_TOLD_MAX = 64;

    /** Peers whose annotated joins were answered. */
    static final int RENDEZVOUS_REMEMBERED_MAX = 1024;

    /** Strangers that wait for this node, as their rendezvous, to introduce them. */
    static final int RENDEZVOUS_WAITING_MAX = 64;

    /** One in so many members that need no peer answers an annotated join nevertheless. A guess. */
    static final int RENDEZVOUS_ONE_IN = 4;

    /** Traversals under way at once; a guess: the introductions of one join, and a few. */
    static final int TRAVERSALS_MAX = 8;

    /** Ports that a traversal opens: less than an intro gives credit for, which has some 400 bytes. */
    static final int PUNCHED_PORTS = 700;

    /**
     * Bytes that all traversals together send to one host at once, and then in a minute, each a datagram of 29 bytes:
     * two searches. A guess: some 700 bytes/s in the long run.
     */
    static final int PUNCHES_PER_HOST = 2 * PUNCHED_PORTS;

    /** Hosts whose punches are counted; more are not searched for within minutes. */
    static final int PUNCHED_HOSTS_MAX = 256;

    /** Sockets that a traversal searches from: the reference's pool, but for two. */
    static final int PUNCHING_SOCKETS = 254;

    /** Bytes that a traversal sends at once; with {@link Timing#PUNCH_PAUSE_MS} one in a millisecond. */
    static final int PUNCHES_AT_ONCE = 8;

    /** Bytes of one traversal that are sent back; one is enough, unless it gets lost. */
    static final int PUNCH_ECHOES = 8;

    /** Addresses that what peers alone send came from, though no peer is there: when they were asked is remembered. */
    static final int STRAYS_MAX = 256;

    /** Addresses, and networks, whose pings are counted. */
    static final int SOURCES_MAX = 4096;

    /** Pings of strangers at one address that are looked at in a second; a guess: a NAT with some hundred peers. */
    static final int ADDRESS_PER_SECOND = 20;

    /** Pings of strangers at one address that are looked at at once. */
    static final int ADDRESS_BURST = 100;

    /** Pings of strangers in one network of 256 addresses that are looked at in a second; a guess. */
    static final int NETWORK_PER_SECOND = 200;

    /** Pings of strangers in one network that are looked at at once. */
    static final int NETWORK_BURST = 1_000;

    /** Pings of all strangers that are looked at in a second; a guess: a tenth of a small core, for the signatures. */
    static final int STRANGERS_PER_SECOND = 500;

    /** Pings of all strangers that are looked at at once. */
    static final int STRANGERS_BURST = 2_000;

    /** Pings of one peer that are answered in a second; a reference peer sends some each 30 s, kin a few after news. */
    static final int PINGS_PER_SECOND = 20;

    /** Pings of one peer that are answered at once: one for each subcluster, twice. */
    static final int PINGS_BURST = 4 * PEER_SUBCLUSTERS_MAX;

    /** Joins of one peer in a second; the reference passes 1,023 packets in a minute. */
    static final int PEER_JOINS_PER_SECOND = 20;

    /** Joins of one peer at once; what the reference passes in a minute. */
    static final int PEER_JOINS_BURST = 1_100;

    /** Intros of one peer in a second; the reference answers a join with five. */
    static final int INTROS_PER_SECOND = 20;

    /** Intros of one peer at once; a guess. */
    static final int INTROS_BURST = 200;

    /** Stream packets of one peer in a second: kin's pace. */
    static final int STREAMS_PER_SECOND = 8_000;

    /** Stream packets of one peer at once: some of the largest messages. */
    static final int STREAMS_BURST = 8_192;

    /** Peers that are gone and still reported: as many as a store remembers. */
    static final int ABSENTEES_MAX = 256;

    private Limits() {}
}
