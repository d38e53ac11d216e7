// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

/** What a deadline is for. None is ever cancelled: the handler looks whether it still applies. */
enum Timer {
    /** Ping a peer, or notice that it has gone silent. Subject: the {@link Peer}. */
    HEARTBEAT,
    /** Look up the names of the bootstrap list again. No subject. */
    LOOK_UP,
    /** Try an address again. Subject: the {@link Contact}. */
    CONTACT,
    /** Pass a packet on to those who did not get it at once. Subject: the {@link FanOut}. */
    RELAY,
    /** Send what waits for a peer. Subject: the {@link Peer}. */
    PACE,
    /** Send what waits for one peer alone. Subject: the {@link Peer}. */
    DIRECT_PACE,
    /** Ask neighbours whether they hold the same packets. No subject. */
    SUMMARY_CHECK,
    /** Whether the peer that is to send what lacks has answered. The subject is the peer. */
    CATCH_UP,
    /** Ask kin whether it has what has come there. No subject. */
    CONFIRMATION,
    /** Ask peers what they have lost of what they have had. No subject. */
    BYGONES,
    /** Call out to all hosts of this host's networks. No subject. */
    LAN_CALL,
    /** The next step towards this node's NAT type. No subject. */
    REFLECTION,

    /** The next step for a reference peer that may not know its NAT type. Subject: the {@link SecondResponder.Lone}. */
    LONE,
    /** Ask for fragments that are missing. Subject: the {@link MissingFragments.Hunt}. */
    FRAGMENTS,
    /** An own question has waited long enough. Subject: the {@link Asked}. */
    QUERY,
    /** The application has thought long enough about a question. Subject: its id. */
    THINKING,
    /** Ask a peer's known address again, or give it up. Subject: the {@link Relocations.Pending}. */
    RELOCATION,
    /** Look for members, if others have not come back as well. Subject: the {@link Peer} that is back. */
    REUNION,
    /** See whether enough others have come with one. Subject: the {@link Peer}. */
    WAYS,
    /** Announce a subscription again. Subject: the subcluster's id. */
    JOIN,
    /** A peer that was introduced has had its time, or is asked for again. Subject: the {@link Acquaintance}. */
    INTRODUCED,
    /** Look through the peers that are reached through others. No subject. */
    PROXIES,
    /** Send the next bytes of a traversal, or end it. Subject: the {@link Punching}. */
    TRAVERSAL
}
