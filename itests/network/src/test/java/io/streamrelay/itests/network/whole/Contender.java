// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.network.whole;

import java.util.List;

/** Something that carries messages from one host to another. */
interface Contender {

    /** Starts the receiver's side, and waits until it is up. */
    void startThere(Stage stage) throws Exception;

    /** Starts the sender's side; it need not be up when this returns. */
    void startHere(Stage stage) throws Exception;

    /** Who publishes and who listens; asked when both sides have been started. */
    Ends ends();

    /** Its processes; on each host the first is the gateway itself. */
    List<Part> parts();
}
