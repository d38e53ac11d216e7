// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import io.streamrelay.api.Endpoint;
import io.streamrelay.gossip.packet.DropReason;
import io.streamrelay.gossip.packet.Packet;
import io.streamrelay.gossip.packet.Receipt;
import io.streamrelay.gossip.packet.ShortForm;
import java.util.List;

/** Sends packets to neighbours: new ones at once, missing ones when reconciliation asks, each peer at its pace. */
final class Gossip {

    private final Turn turn;
    private final PeerTable peers;
    private final Receipts receipts;
    private final CatchUp catchUp;
    private final Parked parked;
    private final PushTrees trees;
    private long reunitedMs = Long.MIN_VALUE / 2;
    private final byte[] inFull = new byte[Packet.MAX_BYTES];

    /**
     * What was lost on its way is passed on at once like what is new. When more is mended, two parts of the mesh have come
     * together: each node reconciles itself, and would get the same from everybody.
     */
    private final TokenBucket repairs =
            new TokenBucket(Limits.REPAIRS_PASSED_PER_SECOND, Limits.REPAIRS_PASSED_BURST, 0);

    Gossip(Turn turn, PeerTable peers, Receipts receipts, CatchUp catchUp, Parked parked, PushTrees trees) {
        this.trees = trees;
        this.parked = parked;
        this.catchUp = catchUp;
        this.turn = turn;
        this.peers = peers;
        this.receipts = receipts;
    }

    /** A peer has come. */
    void peerUp(Peer peer) {
        if (parked.peerUp(peer)) {
            reunitedMs = turn.nowMs();
            peer.outflow().hold(turn.nowMs());
            if (peers.size() >= Limits.REUNITING_PEERS) {
                // Others have the same for it: most of what waits here would come twice.
                peer.outflow().compared();
            }
        }
    }

    /** Tells a peer that was here before to go on where it was; false when it is to be compared what both hold. */
    boolean resume(Peer peer) {
        boolean resumes = peer.outflow().isHeld() && catchUp.isFirstToBring(peer);
        if (resumes) {
            tellAfresh(peer, Receipt.AFRESH);
        }
        return resumes;
    }

    private void tellAfresh(Peer peer, int number) {
        peer.arrivals().expectMore(turn.nowMs());
        receipts.tell(peer, number);
    }

    /** Tells one of our own nodes that both hold the same: it may be waiting for what it lacks. */
    void answer(Peer peer) {
        if (peer.kin()) {
            receipts.tell(peer, 0);
        }
    }

    /** A peer is back that has not got from others what has waited for it; false when nothing has. */
    boolean release(Peer peer) {
        boolean released = peer.outflow().release();
        if (released) {
            drain(peer);
        }
        return released;
    }

    /** A peer has gone; whether packets wait for it. */
    boolean peerDown(Peer peer) {
        receipts.peerDown(peer);
        parked.peerDown(peer);
        trees.peerDown(peer);
        return parked.isWaiting(peer.id());
    }

    /** A packet that is held has come again, from kin that is not the first to bring it. */
    void cameAgain(CachedPacket held, Peer from) {
        if (trees.of(held).cameAgain(held, from, turn.nowMs())) {
            receipts.ofTree(from, Receipt.SPARE, held.subcluster());
            turn.count("spare", 1);
        }
    }

    /** Passes a new packet on: to members of its subcluster first, never back to where it came from. */
    void packetHeld(CachedPacket packet, Endpoint from) {
        PushTree tree = trees.of(packet);
        tree.isNew(packet, turn.nowMs());
        Peer bringer = from == null ? null : peers.byEndpoint(from);
        boolean mayBePushed = bringer != null && bringer.kin() && !packet.isLate(turn.nowMs());
        if (mayBePushed && tree.cameFirst(bringer, packet.isRepair(), turn.nowMs())) {
            receipts.ofTree(bringer, Receipt.WANTED, packet.subcluster());
            turn.count("wanted", 1);
        }
        if (packet.isAtItsEnd()) {
            turn.drop(DropReason.HOPS_EXCEEDED, from);
            return;
        }
        if (!isForeign(packet)) {
            parked.packetHeld(packet, from);
        }
        boolean passes =
                !packet.isRepair() || !catchUp.isOneOfMany(from) && !isReuniting() && repairs.tryTake(turn.nowMs());
        if (!passes) {
            return;
        }
        FanOut fanOut = FanOut.of(packet, from, peers, tree, turn.random(), turn.nowMs());
        fanOut.first().forEach(peer -> live(peer, packet));
        if (!fanOut.rest().isEmpty()) {
            turn.schedule(Timer.RELAY, fanOut, turn.jittered(Timing.RELAY_WAIT_MS));
        }
    }

    /** Whether one has come back just now, and most likely others do: each of them is about to get it from one. */
    private boolean isReuniting() {
        return turn.nowMs() - reunitedMs < Timing.REUNITING_MS && peers.size() >= Limits.REUNITING_PEERS;
    }

    /** Those are due that a packet was not passed on to at once. */
    void restDue(FanOut fanOut) {
        CachedPacket packet = fanOut.packet();
        if (packet.isGone() || packet.hasComeAgain()) {
            turn.count("relay-spared", fanOut.rest().size());
            return;
        }
        fanOut.rest().stream().filter(peers::contains).forEach(peer -> live(peer, packet));
    }

    private boolean isForeign(CachedPacket packet) {
        return !packet.cluster().equals(turn.config().cluster());
    }

    private void live(Peer peer, CachedPacket packet) {
        boolean offered = isForeign(packet)
                ? peer.outflow().offerForeign(packet)
                : peer.outflow().offerLive(packet);
        if (offered) {
            if (peer.kin() && !packet.isLate(turn.nowMs())) {
                trees.of(packet).pushed(peer);
            }
            drain(peer);
        } else {
            turn.count("outflow-full", 1);
        }
    }

    /** Sends a peer packets that it lacks. */
    void repair(Peer peer, List<CachedPacket> missing) {
        int offered = 0;
        for (CachedPacket packet : missing) {
            if (!packet.isAtItsEnd() && !peer.outflow().isSettled(packet, turn.nowMs())) {
                peer.progress().unsettled();
            }
            boolean useless = packet.isAtItsEnd()
                    || !peer.outflow().keeps()
                    || peer.outflow().wasRepaired(packet);
            boolean mayOffer =
                    !packet.isAtItsEnd() && (offered == 0 || peer.outflow().keeps());
            boolean isOffered = mayOffer && peer.outflow().offerRepair(packet, turn.nowMs());
            offered += isOffered ? 1 : 0;
            if (useless) {
                peer.progress().useless();
            } else if (isOffered) {
                peer.progress().useful();
            }
        }
        turn.count("repaired", offered);
        drain(peer);
    }

    /** A packet is held no more. */
    void gone(CachedPacket packet) {
        packet.markGone();
        peers.all().forEach(peer -> peer.outflow().forget(packet));
        parked.gone(packet);
    }

    /** A peer may be sent more. */
    void due(Peer peer) {
        // Who this peer was before shares its queue, and a timer that was overtaken must not set another.
        if (peers.contains(peer) && peer.outflow().isDue(turn.nowMs())) {
            peer.outflow().looked();
            drain(peer);
        }
    }

    /** A peer takes this node for one of its own: what waits may leave. */
    void listedBy(Peer peer) {
        if (peers.all().stream().noneMatch(other -> other != peer && other.kin())) {
            // Who meets nobody else here is most likely met by nobody else there.
            peer.outflow().unhold();
        }
        drain(peer);
    }

    /** One of our own nodes tells what came there, or asks what came here. */
    void onReceipt(Peer peer, Receipt receipt) {
        if (receipt.isOfTree()) {
            trees.told(receipt, peer);
        } else if (receipt.asks()) {
            receipts.tell(peer, receipt.number());
        } else {
            told(peer, peer.outflow().told(receipt, turn.nowMs()));
            drain(peer);
            if (receipt.number() == Receipt.AFRESH && catchUp.mayTakeFrom(peer) && !catchUp.isAnsweredBy(peer)) {
                // It holds what has waited for this node, and may not have heard that it is to send it.
                catchUp.takesFrom(peer);
                tellAfresh(peer, Receipt.AFRESH_TOO);
            }
            catchUp.heard(peer);
        }
    }

    private void told(Peer peer, Line.Told told) {
        for (CachedPacket packet : told.presumed()) {
            if (packet.own()) {
                turn.raise(new Signal.OwnCame(packet, peer));
            }
        }
        for (CachedPacket packet : told.came()) {
            if (packet.own()) {
                turn.raise(new Signal.OwnCame(packet, peer));
                turn.observe(new Observation.Held(packet.messageId(), peer.id()));
            }
        }
    }

    private byte[] datagram(CachedPacket packet, Outflow outflow) {
        ShortForm shortForm = outflow.shortForm();
        if (shortForm == null) {
            return packet.outgoing(outflow.isRepair(), outflow.flags(), turn.nowMs());
        }
        packet.leave(inFull, outflow.isRepair(), outflow.flags(), turn.nowMs());
        return shortForm.encode(inFull);
    }

    /** What is configured has changed, and with it perhaps what may leave. */
    void configured() {
        peers.all().forEach(this::drain);
    }

    private void drain(Peer peer) {
        Outflow outflow = peer.outflow();
        outflow.backlogRate(turn.config().backlogKilobitsPerSecond(), turn.nowMs());
        for (CachedPacket packet = outflow.poll(turn.nowMs()); packet != null; packet = outflow.poll(turn.nowMs())) {
            turn.send(peer.path(), datagram(packet, outflow));
            if (packet.delivered()) {
                turn.observe(new Observation.Sent(packet.messageId(), peer.id()));
            }
        }
        if (outflow.line() != null && outflow.line().isOverdue(turn.nowMs())) {
            receipts.ask(peer, outflow.line().ask(turn.nowMs()));
        }
        long waitMs = outflow.lookAgain(turn.nowMs());
        if (waitMs >= 0) {
            turn.schedule(Timer.PACE, peer, waitMs);
        }
    }
}
