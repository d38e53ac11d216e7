// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import io.streamrelay.api.Endpoint;
import io.streamrelay.api.Id;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;

/** A connected peer, and all that this node remembers of it. */
final class Peer {

    private final Id id;
    private final boolean kin;
    private final Set<Id> subclusters = new LinkedHashSet<>();
    private Outflow outflow;
    private final DirectOutflow direct;
    private Arrivals arrivals = new Arrivals();
    private Told told = new Told();
    private final SyncProgress progress;
    private final TokenBucket answers;
    private final TokenBucket questions;
    private final TokenBucket verifications;
    private final NeighbourBudgets budgets;
    private ReplayWindow replays = new ReplayWindow();
    private Path path;
    private final String pingId;
    private int natType;
    private long heardMs;
    private long pingedMs = -1;
    private long lastPingedMs = Long.MIN_VALUE / 2;
    private int unanswered;
    private long pingHeardMs;
    private boolean listsUs;
    private boolean back;
    private boolean recalled;
    private boolean introduced;
    private String asksWith;
    private long begunAnewMs = Long.MIN_VALUE / 2;
    private long introducedMs = Long.MIN_VALUE / 2;
    private long roundTripMs = -1;
    private long answeredMs = Long.MIN_VALUE;
    private Id cluster;
    private Endpoint advertised;
    private final long upMs;
    private boolean madeRoom;
    private long syncedMs = Long.MIN_VALUE / 2;

    /** @param pingId what its answer to our challenge has repeated, and all its pongs repeat from then on */
    Peer(Id id, Path path, int natType, boolean kin, String pingId, long nowMs) {
        this.id = id;
        this.path = path;
        this.natType = natType;
        this.kin = kin;
        this.pingId = pingId;
        this.upMs = nowMs;
        this.heardMs = nowMs;
        this.pingHeardMs = nowMs - Timing.REFERENCE_KEEPALIVE_MS;
        this.outflow = Outflow.toward(kin, Objects.hashCode(pingId), nowMs);
        this.direct = DirectOutflow.toward(kin, nowMs);
        this.progress = kin
                ? new SyncProgress(Timing.SYNC_PAUSE_KIN_MS, Timing.SYNC_PAUSE_SAME_MAX_MS)
                : new SyncProgress(Timing.SYNC_PAUSE_REFERENCE_MS, Timing.SYNC_PAUSE_MAX_MS);
        this.questions = new TokenBucket(Limits.QUESTIONS_PER_SECOND, Limits.QUESTIONS_BURST, nowMs);
        this.budgets = new NeighbourBudgets(nowMs);
        this.verifications = new TokenBucket(Limits.VERIFICATIONS_PER_SECOND, Limits.VERIFICATIONS_BURST, nowMs);
        this.answers = new TokenBucket(Limits.SYNC_ANSWERS_PER_SECOND, Limits.SYNC_ANSWERS_BURST, nowMs);
    }

    /** One that has gone and is there again, as both remember: what was known of it holds, but for what it takes part in. */
    static Peer recalled(Peer gone, long nowMs) {
        Peer peer = new Peer(gone.id, gone.path, gone.natType, gone.kin, gone.pingId, nowMs);
        peer.recalled = true;
        peer.cluster = gone.cluster;
        peer.told = gone.told;
        peer.replays = gone.replays;
        peer.asksWith = gone.asksWith;
        peer.answeredMs = gone.answeredMs;
        peer.introduced(nowMs);
        return peer;
    }

    Id id() {
        return id;
    }

    /** Whether it has proven to be one of our nodes, by signing. */
    boolean kin() {
        return kin;
    }

    /** What only this peer, and who listens on the way to it, can repeat. */
    String pingId() {
        return pingId;
    }

    /** What it asks this node with, or null while it has not: as long as nobody listens, only it knows. */
    String asksWith() {
        return asksWith;
    }

    void asksWith(String itsPingId) {
        asksWith = itsPingId;
    }

    /** A peer that both know has brought this node together with it. */
    void introducedToUs() {
        introduced = true;
    }

    boolean isIntroducedToUs() {
        return introduced;
    }

    /** Whether it was here before and nothing had to be said anew. */
    boolean isRecalled() {
        return recalled;
    }

    /** Which of our sockets reaches it, and where. */
    Path path() {
        return path;
    }

    void path(Path moved) {
        path = moved;
    }

    Endpoint endpoint() {
        return path.remote();
    }

    /** The number on the wire; 0 while it has not said. */
    int natType() {
        return natType;
    }

    void natType(int said) {
        natType = said;
    }

    /** The cluster that its pings name, or null. */
    Id cluster() {
        return cluster;
    }

    void cluster(Id said) {
        cluster = said;
    }

    /** Where its joins say that it is, or null. */
    Endpoint advertised() {
        return advertised;
    }

    void advertised(Endpoint said) {
        advertised = said;
    }

    /** It goes because the table is full: it need not be looked for. */
    void makeRoom() {
        madeRoom = true;
    }

    boolean hasMadeRoom() {
        return madeRoom;
    }

    /** Since when it is connected. */
    long upMs() {
        return upMs;
    }

    void heard(long nowMs) {
        heardMs = nowMs;
        unanswered = 0;
    }

    long silentMs(long nowMs) {
        return nowMs - heardMs;
    }

    void pingHeard(long nowMs) {
        pingHeardMs = nowMs;
    }

    /** How long ago it last pinged this node. */
    long sincePingHeardMs(long nowMs) {
        return nowMs - pingHeardMs;
    }

    void pinged(long nowMs) {
        pingedMs = nowMs;
        lastPingedMs = nowMs;
        unanswered++;
    }

    long sincePingedMs(long nowMs) {
        return nowMs - lastPingedMs;
    }

    /** How often it was pinged since anything has come from it. */
    int unanswered() {
        return unanswered;
    }

    void ponged(long nowMs) {
        answeredMs = nowMs;
        if (pingedMs >= 0) {
            roundTripMs = nowMs - pingedMs;
            pingedMs = -1;
        }
    }

    /** When it last answered a ping; long ago when it never has. */
    long answeredMs() {
        return answeredMs;
    }

    /** This node has asked to be listed there. */
    void introduced(long nowMs) {
        introducedMs = nowMs;
    }

    long sinceIntroducedMs(long nowMs) {
        return nowMs - introducedMs;
    }

    /** @return whether it is news that it takes this node for a peer, or does not */
    boolean listsUs(boolean does) {
        boolean news = listsUs != does;
        listsUs = does;
        back &= does;
        return news;
    }

    /** Whether it takes this node for a peer, as far as it has shown. */
    boolean isListingUs() {
        return listsUs;
    }

    /** -1 while unmeasured. */
    long roundTripMs() {
        return roundTripMs;
    }

    /** When this node last began to reconcile with it. */
    long syncedMs() {
        return syncedMs;
    }

    void synced(long nowMs) {
        syncedMs = nowMs;
    }

    /** Whether reconciling with it gets anywhere. */
    SyncProgress progress() {
        return progress;
    }

    /** How many of its summaries are answered. */
    TokenBucket answers() {
        return answers;
    }

    /** How many of its questions are taken. */
    TokenBucket questions() {
        return questions;
    }

    /** How much of each kind it may send. */
    NeighbourBudgets budgets() {
        return budgets;
    }

    /** How many of its signatures are verified. */
    TokenBucket verifications() {
        return verifications;
    }

    /** Which of its signed packets were here. */
    ReplayWindow replays() {
        return replays;
    }

    Outflow outflow() {
        return outflow;
    }

    /** It was here before: what waited for it then still does. */
    void resume(Peer before) {
        outflow = before.outflow;
        // The timer that was to look at it was for who this peer was before.
        outflow.looked();
        arrivals = before.arrivals;
        back = !before.subclusters.isEmpty();
        advertised = before.advertised;
    }

    /** Whether it was here before, as a member, and nothing shows that it has forgotten this node since. */
    boolean isBack() {
        return back;
    }

    /** It knows nothing of this node any more, or is told all of it again. @return whether that is news */
    boolean metAfresh() {
        boolean news = back;
        back = false;
        return news;
    }

    /** Whether it is believed when it says that it has started again: whoever says so all the time is not. */
    boolean mayBeginAnew(long nowMs) {
        boolean may = nowMs - begunAnewMs >= Timing.BEGUN_ANEW_MS;
        begunAnewMs = may ? nowMs : begunAnewMs;
        return may;
    }

    /** Whether it has told that a packet came there, or has brought it: lacks it that, it has let it go, or lost it. */
    boolean hasHad(CachedPacket packet) {
        return kin && (packet.wasBroughtBy(id) || outflow.hasCome(packet));
    }

    /** What has come from it. */
    Arrivals arrivals() {
        return arrivals;
    }

    /** What it knows of this node. */
    Told told() {
        return told;
    }

    /** What is for it alone. */
    DirectOutflow direct() {
        return direct;
    }

    Set<Id> subclusters() {
        return subclusters;
    }

    /** @return whether it is news */
    boolean joined(Id subcluster) {
        return subclusters.size() < Limits.PEER_SUBCLUSTERS_MAX && subclusters.add(subcluster);
    }
}
