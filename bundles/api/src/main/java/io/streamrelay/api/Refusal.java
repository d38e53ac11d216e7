// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.api;

/** Why a node did not take a message. */
public enum Refusal {
    /** The message is larger than the node's limit. */
    TOO_LARGE,
    /** More of the node's own messages wait than its backlog may hold. */
    BACKLOG_FULL,
    /** The node's queues stayed full for as long as a caller may be made to wait. */
    BUSY,
    /** The receiver of a stream is not connected. */
    UNKNOWN_PEER,
    /** The store could not commit the message, but may have part of it on disk. */
    STORE_FAILED,
    /** The disk has no room for the message, and nothing of it is there. */
    STORE_FULL,
    /** The node, or the subcluster, has been closed. */
    CLOSED
}
