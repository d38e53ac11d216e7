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

    /**
     * How many heartbeats of silence end a connection: 42 s with the default, so that two lost pings cost nothing (D13). Shorter
     * than the pause between contacts that come each minute: whoever is found gone in the middle of one loses it.
     */
    static final double SILENCE_HEARTBEATS = 2.8;

    /** The reference's PING_RETRY: its second and third connection ping follow after 500 and 2,000 ms. */
    static final long CONTACT_RETRY_MS = 500;

    /** Who sends what peers alone send, from where none is, is asked once in this time who it is. A guess: a heartbeat. */
    static final long STRAY_PAUSE_MS = 15_000;

    /** The longest pause between two attempts on an address. A guess: an idle cost of some 50 bytes/s for each that is dead. */
    static final long CONTACT_PAUSE_MAX_MS = 10_000;

    /** The longest pause between two attempts on who has been gone for some ten minutes. A guess: a byte a second each. */
    static final long RECALL_PAUSE_MAX_MS = 60_000;

    /** Who says that it is back is asked back at once, unless that was done just now: on most lines an answer is on its way. A guess. */
    static final long RECALL_HURRY_MS = 200;

    /** The pause after the first call to all hosts of the own networks; it doubles. A guess. */
    static final long LAN_CALL_MS = 1_000;

    /** The longest pause between two calls, while too few peers are connected. A guess: 2 bytes/s. */
    static final long LAN_CALL_MAX_MS = 300_000;

    /** How soon a name that could not be looked up is asked for again: the network may come later than the gateway. */
    static final long LOOK_UP_RETRY_MS = 5_000;

    /** How often names are looked up anew while no peer is connected: their addresses may have changed. A guess. */
    static final long LOOK_UP_ANEW_MS = 60_000;

    /** How long a relayed packet waits for another copy of itself. Measured (S1): with 100 ms the last node waits longer. */
    static final long RELAY_WAIT_MS = 60;

    /** Who was pushed nothing for so long, and lacked something, is on no tree. A guess. */
    static final long PUSHED_OF_LATE_MS = 1_000;

    /** A gap in what is younger lost its way just now, and those behind lack it, too; older packets everybody compares. A guess. */
    static final long FRESH_MS = 5_000;

    /** Until a peer is told again that what comes from there is spare: it may not have heard. A guess. */
    static final long SPARE_AGAIN_MS = 5_000;

    /** First check after packets came in whether the neighbours hold the same; it doubles while nothing new comes. */
    static final long SUMMARY_CHECK_MS = 300;

    /** The last check of such a row: by then the heartbeat takes over. */
    static final long SUMMARY_CHECK_MAX_MS = 5_000;

    /** The shortest time between two reconciliations that are begun with the same kin. A guess. */
    static final long SYNC_PAUSE_KIN_MS = 400;

    /** A reference peer ignores an identical summary for one tick (protocol-v6 §3.16). */
    static final long SYNC_PAUSE_REFERENCE_MS = REFERENCE_KEEPALIVE_MS + 1_000;

    /** The longest pause between two reconciliations that come to nothing though something has changed. A guess. */
    static final long SYNC_PAUSE_MAX_MS = 60_000;

    /**
     * The longest pause while neither holds anything else than when it was compared last. A guess: two full stores of
     * different sizes, some thousand packets each, compare in some 20 kB, 6 bytes/s.
     */
    static final long SYNC_PAUSE_SAME_MAX_MS = 3_600_000;

    /** From this pause on the peer's beginnings, too, are answered no more often. Above what loss alone leads to. */
    static final long SYNC_PAUSE_IDLE_MS = 5_000;

    /** A packet sent to a peer this recently is not repaired yet: it may be on its way. Doubles with each sending. */
    static final long IN_FLIGHT_MS = 250;

    /** For so long what lacks is taken from one peer alone; a slow one is joined by others. A guess. */
    static final long CATCH_UP_MS = 5_000;

    /** How long the first answer is waited for from whom no round trip was measured. RFC 6298. */
    static final long ANSWER_FIRST_MS = 1_000;

    /** How late an answer may come to who was given up. A guess: two round trips to the far side of a slow line. */
    static final long ANSWER_LATE_MS = 150_000;

    /** The shortest time between two starts of a peer that are believed. A guess: no gateway starts in less. */
    static final long BEGUN_ANEW_MS = 5_000;

    /** One of what a peer had no room for is tried again after this time, to see whether it has room now. A guess. */
    static final long DECLINED_MS = 1_050_000;

    /** So long what kin is asked for by name is gathered. A guess: the answers to one comparison come within it. */
    static final long BYGONES_MS = 50;

    /** The shortest time between two questions to one peer for all own packets that nobody is known to hold. A guess. */
    static final long OWN_ASKED_MS = 30_000;

    /**
     * So long after a receipt for an own packet summaries have most likely shown who holds it. A guess: on a line of 9.6 kbit/s
     * the question and its answer are a hundredth of what passes.
     */
    static final long CONFIRMATION_MS = 30_000;

    /** Whoever has sent nothing for so long has not brought what waits elsewhere. A guess: some contacts. */
    static final long BROUGHT_MS = 60_000;

    /** For so long comparing waits while packets pass; a line that is never idle compares now and then. A guess. */
    static final long PASSING_MAX_MS = 600_000;

    /** For so long after something has changed kin hears of it in each heartbeat. A guess: six heartbeats. */
    static final long TELLING_MS = 90_000;

    /**
     * Who was there for so long after something has changed, and has answered, knows it: it was told twice at once, signed. A
     * guess: half of a short contact. Heartbeats go on telling it.
     */
    static final long TOLD_MS = 3_000;

    /** So often at the most between two heartbeats. A guess: pings that only ask what is held come each 0.3 s. */
    static final long TELL_PAUSE_MAX_MS = 5_000;

    /** Kin that said this long ago that more waits to leave is believed; 9.6 kbit/s carry three packets in it. A guess. */
    static final long MORE_MS = 3_000;

    /** One of our own nodes is told once in this time that it names what is not known here. A guess. */
    static final long FORGOTTEN_MS = 1_000;

    /** How much of a line's pace may leave at once. A guess: longer than timers are late. */
    static final long PACE_BURST_MS = 20;

    /** Shorter round trips count as this: whoever answers has other things to do. A guess. */
    static final long NEAR_MS = 50;

    /** How long the shortest round trip counts: then the way may be another. BBR: 10 s, for two hundredths of the time. */
    static final long SHORTEST_TRIP_MS = 30_000;

    /** How long a receipt is waited for where no round trip was measured; RFC 6298. */
    static final long RECEIPT_TIMEOUT_FIRST_MS = 1_000;

    /** What is granted on top of two round trips. A guess: half of the queue of a slow line. */
    static final long RECEIPT_TIMEOUT_MIN_MS = 100;

    /** Who is silent while packets wait for it is pinged as often: a twentieth of a short contact. A guess. */
    static final long EAGER_PAUSE_MS = 250;

    /** The same by pulses. A guess: a fiftieth, and half a kilobyte a second. */
    static final long EAGER_RECALL_PAUSE_MS = 75;

    /** And asked as often what has come, which costs less: half a kilobyte a second. A guess. */
    static final long ASK_PAUSE_MS = 250;

    /** Whose disk has not committed for so long is taken to have one that commits nothing. A guess. */
    static final long DISK_PATIENCE_MS = 5_000;

    /** What left this much before a packet that has come is lost, not overtaken; a quarter of the round trip if that is more. */
    static final long REORDER_MS = 5;

    /** Long enough for what is not expected to happen by itself. */
    static final long NEVER_MS = 86_400_000;

    /** How long who is gone is looked for that often while packets wait for it; 2.2 kB/s by pings, 0.7 by pulses. A guess. */
    static final long EAGER_MS = 120_000;

    /** What lacks so soon after it was sent got lost by chance; later the line may have been down. A guess. */
    static final long LOSS_SHOWN_MS = 5_000;

    /** First announcement of a subscription is repeated after this time, then after twice as long, and so on. */
    static final long JOIN_MS = 30_000;

    /**
     * A node that has announced nothing new for so long is known to the mesh. Measured, S1 of the benchmarks, 30 seeds, two
     * minutes old: while all who meet join each other, a publication has reached all after 0.7 s in the median and 1.3 s in the
     * worst seed, and when they stop after one minute, after 1.1 and 5.9 s.
     */
    static final long JOIN_SETTLED_MS = 180_000;

    /** So long whoever was out of reach with one that is back has time to come back as well. A guess: half of them. */
    static final long REUNION_MS = 3_000;

    /** After one has come back what others bring to mend gaps is passed on to nobody for so long. A guess: what {@link CatchUp} takes. */
    static final long REUNITING_MS = 5_000;

    /** When all who come back by themselves have done so: their longest pause between attempts, and half as long again. */
    static final long WAYS_MS = 15_000;

    /** The longest time between two announcements of who wants more members. */
    static final long JOIN_MAX_MS = 600_000;

    /**
     * The longest pause of who has all the members that it wants. A guess: its joins help those alone who missed the ones
     * before, and look for it themselves; one an hour costs each node of ten 10 bytes/s.
     */
    static final long JOIN_CONTENT_MAX_MS = 3_600_000;

    /** The pause of such a one grows by this: in two steps from the first to the longest. */
    static final long JOIN_CONTENT_FACTOR = 64;

    /** How long a join is remembered: reference peers repeat theirs unchanged every tick. */
    static final long JOIN_GATE_MS = 25_000;

    /**
     * How long an unverifiable fragment waits for the one before it: its sender has been told that it came. A guess: until
     * some contacts later.
     */
    static final long QUARANTINE_MS = 600_000;

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
     * When a measured type is measured again, and after twice as long each time that it is the same. A guess: some 12 kB each
     * time, 20 bytes/s.
     */
    static final long REFLECTION_AGAIN_MS = 600_000;

    /** So long at the most: it changes without the address only when somebody reconfigures a router. A guess: 3 bytes/s. */
    static final long REFLECTION_AGAIN_MAX_MS = 3_600_000;

    /** How long a NAT may remember whom the probe socket has sent to: RFC 4787's recommendation (REQ-5). */
    static final long PROBE_FADES_MS = 300_000;

    /** The time between two questions to a reference peer that may not know its NAT type. A guess. */
    static final long LONE_ROUND_MS = 1_000;

    /** The longest life of a reference peer's packet in the cache; the reference's CACHE_TTL. */
    static final long CACHE_TTL_MS = 21_600_000;

    /** The longest life of a packet that says its age, 30 days. A guess: longer than a link in the field is down. */
    static final long LIFETIME_MAX_MS = 2_592_000_000L;

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

    /** How long after an intro a peer that is not connected is reached through its introducer; the reference's. */
    static final long INTRO_FALLBACK_MS = 2_048;

    /** An intro that says the same again within this time is a duplicate. A guess: longer than the fallback. */
    static final long INTRO_GATE_MS = 3_000;

    /** How long after the fallback an introducer is asked again, first; then 4 and 16 times as long. A guess. */
    static final long ASKING_MS = 2_000;

    /** A peer that is introduced after this time is as good as new. A guess. */
    static final long ASKING_FORGOTTEN_MS = 300_000;

    /**
     * The shortest time between two introductions of the same peers, or two answers to the same peer's joins; it
     * doubles. A guess: two rounds of the reference's joins bring others first.
     */
    static final long INTRODUCTION_PAUSE_MS = 100_000;

    /** From this silence on a peer is pinged where the table fills up. A guess: longer than most round trips. */
    static final long CROWD_SILENCE_MS = 2_000;

    /** The shortest time between two looks for such peers. A guess: all 256 are asked within some 3 s. */
    static final long CROWD_LOOK_MS = 100;

    /** The longest, where nobody is found gone. A guess: 100 bytes/s. */
    static final long CROWD_LOOK_MAX_MS = 6_400;

    /** How long a peer stays at a full table before it makes room; a guess: its NAT is known and passed by then. */
    static final long TURN_MS = 20_000;

    /** After which time one that has made room may have room made for it. A guess. */
    static final long TURN_PAUSE_MS = 1_800_000;

    /** The longest. A guess. */
    static final long INTRODUCTION_PAUSE_MAX_MS = 3_600_000;

    /** How long a proxied peer of which nothing is heard is believed to be there: two and a half joins. */
    static final long PROXY_SILENCE_MS = 1_500_000;

    /** How often proxied peers are looked through. */
    static final long PROXY_CHECK_MS = 60_000;

    /** How far ahead a rendezvous' deadline is set: far enough for a receiver whose clock is a day ahead. */
    static final long RENDEZVOUS_DEADLINE_MS = 172_800_000;

    /** A join is late only when its deadline is longer past than the clocks of two peers may differ. A guess. */
    static final long RENDEZVOUS_LATE_MS = 93_600_000;

    /** How long a rendezvous waits until who has asked it is connected. */
    static final long RENDEZVOUS_WAIT_MS = 5_000;

    /** How long a traversal waits for an answer after its last byte; about the reference's 1,024 tries of 10 ms. */
    static final long TRAVERSAL_MS = 10_000;

    /** The pause between the bytes that a traversal sends at once. */
    static final long PUNCH_PAUSE_MS = 8;

    /** How long one way through is tried before the next; two pings of a contact. */
    static final long TRAVERSAL_HIT_MS = 1_000;

    /** A wall clock that shows less than this, 2024-01-01, was never set. */
    static final long PLAUSIBLE_WALL_MS = 1_704_067_200_000L;

    private Timing() {}
}
