// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.network.whole;

/** What is measured of each party in each round. */
enum Figure {
    /** Before it was started, what others kept busy, in processors. */
    OTHER_WORK,
    /** Before it was started, milliseconds to force a block to the disk. */
    FORCED_WRITE_MS,
    /** Seconds from the start of the sender's side until its first message came out at the other, which was up. */
    START_SECONDS,
    /** Millions of bytes resident on the host that holds more, of all its processes. */
    IDLE_MB,
    /** The same of the gateway's process alone. */
    IDLE_GATEWAY_MB,
    /** Resident after the burst or after the load at the rate that holds, where it is more. */
    LOADED_MB,
    LOADED_GATEWAY_MB,
    /** Bytes of IP packets, both ways, for each message that was delivered, one published each second. */
    SINGLE_IP_BYTES,
    /** The same with the headers of the Ethernet. */
    SINGLE_WIRE_BYTES,
    /** Milliseconds at 100 messages a second. */
    P50_MS,
    P99_MS,
    /** The share that was delivered of these. */
    PACED_SHARE,
    /** Seconds on processors, of all processes on both hosts, for 10,000 messages at 100 a second. */
    PACED_PROCESSOR_SECONDS,
    /** Messages a second of which none was lost. */
    PER_SECOND,
    /** At that rate. */
    LOAD_IP_BYTES,
    LOAD_WIRE_BYTES,
    LOAD_PROCESSOR_SECONDS,
    /** Of a burst of 5,000. */
    BURST_SHARE,
    BURST_DOUBLED,
    BURST_SECONDS
}
