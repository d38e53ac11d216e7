// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

/** The durations of the protocol, in milliseconds. */
final class Timing {

    /** The reference's keepalive: its main loop, and the silence after which it forgets a peer. */
    static final long REFERENCE_KEEPALIVE_MS = 30_000;

    /** How often a reference peer is pinged at the least: two lost pings in its keepalive must not cost the peer. */
    static final long REFERENCE_HEARTBEAT_MS = 14_000;

    /** A reference peer pings all whom it lists every keepalive; after this silence it does not list us. */
    static final long REFERENCE_FORGOTTEN_MS = REFERENCE_KEEPALIVE_MS + 5_000;

    /** How many heartbeats of silence end a connection; D13: at least 3.5, so that one lost ping costs nothing. */
    static final double SILENCE_HEARTBEATS = 3.5;

    /** The reference's PING_RETRY: its second and third connection ping follow after 500 and 2,000 ms. */
    static final long CONTACT_RETRY_MS = 500;

    /** The longest pause between two attempts on a bootstrap address. A guess: an idle cost below 30 bytes/s. */
    static final long CONTACT_PAUSE_MAX_MS = 10_000;

    /** How soon a name that could not be looked up is asked for again: the network may come later than the gateway. */
    static final long LOOK_UP_RETRY_MS = 5_000;

    /** How often names are looked up anew while no peer is connected: their addresses may have changed. A guess. */
    static final long LOOK_UP_ANEW_MS = 60_000;

    /** First check after packets came in whether the neighbours hold the same; it doubles while nothing new comes. */
    static final long SUMMARY_CHECK_MS = 300;

    /** The last check of such a row: by then the heartbeat takes over. */
    static final long SUMMARY_CHECK_MAX_MS = 5_000;

    /** The shortest time between two reconciliations that are begun with the same kin. A guess. */
    static final long SYNC_PAUSE_KIN_MS = 400;

    /** A reference peer ignores an identical summary for one tick (protocol-v6 §3.16). */
    static final long SYNC_PAUSE_REFERENCE_MS = REFERENCE_KEEPALIVE_MS + 1_000;

    /** The longest pause between two reconciliations that come to nothing. A guess. */
    static final long SYNC_PAUSE_MAX_MS = 60_000;

    /** From this pause on the peer's beginnings, too, are answered no more often. Above what loss alone leads to. */
    static final long SYNC_PAUSE_IDLE_MS = 5_000;

    /** A packet sent to a peer this recently is not repaired yet: it may be on its way. Doubles with each sending. */
    static final long IN_FLIGHT_MS = 250;

    /** First announcement of a subscription is repeated after this time, then after twice as long, and so on. */
    static final long JOIN_MS = 30_000;

    /** The longest time between two announcements. */
    static final long JOIN_MAX_MS = 600_000;

    /** How long a join is remembered: reference peers repeat theirs unchanged every tick. */
    static final long JOIN_GATE_MS = 25_000;

    /** How long an unverifiable fragment waits for the one before it. */
    static final long QUARANTINE_MS = 30_000;

    /** After this silence the fragments that lack are lost rather than late; twice as long for each two in vain. A guess. */
    static final long FRAGMENTS_QUIET_MS = 400;

    /** How long the fragments of a stream are gathered. */
    static final long STREAM_GATHER_MS = 60_000;

    /** How long after a first chance reflection begins, so that more responders turn up; the reference's PROBE_WAIT. */
    static final long REFLECTION_SETTLE_MS = 500;

    /** How often a responder is asked for the probe socket's port while it does not answer; the reference's PING_RETRY. */
    static final long REFLECTION_PORT_MS = 500;

    /** The time between two rounds of probes: longer than a pong and its probe pong come apart. A guess. */
    static final long REFLECTION_ROUND_MS = 250;

    /** The longest time between two rounds, however far a responder is: beyond it too many are lost to wait for. */
    static final long REFLECTION_ROUND_MAX_MS = 2_000;

    /** How often a node without a measured type looks for responders; costs no datagram. */
    static final long REFLECTION_LOOK_MS = 10_000;

    /** The pause after an attempt that came to nothing; doubles up to {@link #PROBE_FADES_MS}. */
    static final long REFLECTION_RETRY_MS = 1_000;

    /**
     * How often a measured type is measured again: it changes without the address only when somebody reconfigures a
     * router. A guess: some 12 kB each time, 20 bytes/s.
     */
    static final long REFLECTION_AGAIN_MS = 600_000;

    /** How long a NAT may remember whom the probe socket has sent to: RFC 4787's recommendation (REQ-5). */
    static final long PROBE_FADES_MS = 300_000;

    /** The longest life of a packet in the cache; the reference's CACHE_TTL. */
    static final long CACHE_TTL_MS = 21_600_000;

    /** How long an address counts as proven after it has answered a challenge. A guess: some heartbeats. */
    static final long PROVEN_MS = 120_000;

    /** How old a question may be by its sender's clock; the reference's query age. */
    static final long QUESTION_AGE_MS = 2_048;

    /** Nothing travels this long: what seems older comes from a clock that was set back. A guess. */
    static final long CLOCK_STEP_MS = 600_000;

    /** How far another's clock may be ahead before ours is in doubt: half of what a reference peer allows. */
    static final long CLOCK_DOUBT_MS = QUESTION_AGE_MS / 2;

    /** Since when a clock is believed: 2024-01-01, before which this protocol was not spoken. */
    static final long CLOCK_PLAUSIBLE_MS = 1_704_067_200_000L;

    /** How long the way back to whoever asked is remembered: as long as anybody may wait, and a little more. */
    static final long ROUTE_MS = 35_000;

    /** How long the application may think about a question before it is passed on to others. A guess. */
    static final long THINKING_MS = 1_000;

    private Timing() {}
}
