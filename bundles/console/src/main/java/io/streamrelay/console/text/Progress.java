// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.console.text;

import io.streamrelay.console.view.PeerView;
import io.streamrelay.console.view.Span;

/** Whether a peer out there is up to date with this gateway, and where what it lacks is. */
final class Progress {

    private Progress() {}

    /** One or two words for a table. */
    static String word(PeerView peer) {
        if (peer.state() == PeerView.State.ABSENT) {
            return "unknown, away";
        }
        if (peer.state() == PeerView.State.PROXIED) {
            return "by " + Ids.brief(peer.via());
        }
        if (peer.waitingPackets() > 0) {
            return "no, " + peer.waitingPackets() + " wait";
        }
        return peer.inStep() ? "yes" : peer.kin() ? "catching up" : "not told";
    }

    /** A sentence. */
    static String sentence(PeerView peer) {
        return switch (peer.state()) {
            case ABSENT ->
                "is away since " + Span.time(peer.silentMs())
                        + ": what was sent meanwhile waits here and at every peer that is in step, and goes to it when it"
                        + " is back";
            case PROXIED ->
                "is behind peer " + Ids.brief(peer.via()) + ", which passes on what is meant for it: ask there";
            case CONNECTED -> connected(peer);
        };
    }

    private static String connected(PeerView peer) {
        if (peer.waitingPackets() > 0) {
            return "is not up to date: " + peer.waitingPackets() + " packets wait here to leave toward it";
        }
        if (peer.inStep()) {
            return "is up to date: it held the same packets when both last compared";
        }
        return peer.kin()
                ? "is catching up: one of the two lacks packets that the other holds; they are on their way"
                : "does not say what it holds, for it is no Streamrelay node; nothing waits here for it";
    }
}
