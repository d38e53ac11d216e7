// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.transport;

/** What is counted, with the name under which it is shown. */
enum Counter {
    /** Datagrams handed to the receiver. */
    RECEIVE_DATAGRAMS("receive.datagrams"),
    /** Their bytes. */
    RECEIVE_BYTES("receive.bytes"),
    /** Received without a byte, dropped. */
    RECEIVE_EMPTY("receive.empty"),
    /** Received with more bytes than any packet has, dropped. */
    RECEIVE_TOO_LONG("receive.too-long"),
    /** Received from port 0, which nobody could answer; dropped. */
    RECEIVE_NO_SENDER("receive.no-sender"),
    /** The system reported an error instead of a datagram. */
    RECEIVE_FAILED("receive.failed"),
    /** The receiver threw an exception; its datagram is lost. */
    RECEIVER_THREW("receive.receiver-threw"),
    /** Datagrams that the system took. */
    SEND_DATAGRAMS("send.datagrams"),
    /** Their bytes. */
    SEND_BYTES("send.bytes"),
    /** Refused: empty or over the limit. */
    SEND_BAD_LENGTH("send.bad-length"),
    /** Refused: the queue was full. */
    SEND_QUEUE_FULL("send.queue-full"),
    /** The system would not open another pooled socket. */
    POOL_EXHAUSTED("pool.exhausted"),
    /** Refused: the socket was closed. */
    SEND_CLOSED("send.closed"),
    /** The system would not send it (no route, a firewall, an interface down); dropped. */
    SEND_FAILED("send.failed"),
    /** Had to be tried again, as the system's send buffer was full; not lost. */
    SEND_RETRIED("send.retried"),
    /** Still queued when the time for closing was over; dropped. */
    SEND_UNSENT("send.unsent");

    private final String label;

    Counter(String label) {
        this.label = label;
    }

    String label() {
        return label;
    }
}
