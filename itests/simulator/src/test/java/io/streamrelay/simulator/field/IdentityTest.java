// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator.field;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.streamrelay.api.Id;
import io.streamrelay.api.store.PacketStore;
import io.streamrelay.api.store.StoreChange;
import io.streamrelay.gossip.engine.Action;
import io.streamrelay.gossip.engine.Engine;
import io.streamrelay.gossip.engine.EngineConfig;
import io.streamrelay.gossip.engine.Event;
import io.streamrelay.gossip.engine.Now;
import io.streamrelay.gossip.packet.PeerIds;
import io.streamrelay.simulator.StandInSigner;
import io.streamrelay.simulator.score.Score;
import io.streamrelay.store.MemoryPacketStoreFactory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** Ids that never come again, whatever the clock shows after a restart. */
class IdentityTest {

    private static final int IDS = 1_000_000;
    private static final int LIVES = 4;
    private static final int BOOTS = 100;
    private static final long TRUE_WALL_MS = 1_795_305_600_000L;
    private static final Id CLUSTER = Id.of(new byte[Id.BYTES]);

    @TempDir
    private Path directory;

    /** The same plaintext each time, and at each start the same date, or an earlier one. */
    @Test
    void aMillionIdsOverThreeRestartsAndAClockSetBackAreAllDifferent(TestInfo test) {
        Score row = Score.row("A11").shownBy(test);
        long[] ids = new long[IDS];
        for (int life = 0; life < LIVES; life++) {
            publish(ids, life);
        }
        Arrays.sort(ids);
        long collisions = 0;
        for (int i = 1; i < IDS; i++) {
            collisions += ids[i] == ids[i - 1] ? 1 : 0;
        }
        row.measured(collisions + " collisions of 1,000,000 ids in " + LIVES + " lives, the clock set back each time")
                .passed(collisions == 0);
        assertEquals(0, collisions);
    }

    /** Takes the ids from what is to be committed; then the commit fails, so that nothing has to be held. */
    private static void publish(long[] ids, int life) {
        StandInSigner signer = new StandInSigner(CLUSTER);
        Engine engine = new Engine(
                EngineConfig.of(PeerIds.of(signer.publicKey()), CLUSTER, List.of()),
                new SplittableRandom(life),
                signer,
                life + 1);
        int share = IDS / LIVES;
        long wallMs = TRUE_WALL_MS - life * Duration.ofDays(365).toMillis();
        byte[] sealed = new byte[16];
        for (int i = 0; i < share; i++) {
            // What a sealer gives differs each time: it draws a key for each message.
            ByteBuffer.wrap(sealed).putInt(life).putInt(i);
            Event.Outgoing message = new Event.Outgoing(CLUSTER, CLUSTER, null, null, null, sealed.clone(), 60_000);
            for (Action action : engine.handle(new Event.Publish(i + 1L, message), new Now(i, wallMs))) {
                if (action instanceof Action.Persist persist
                        && persist.changes().get(0) instanceof StoreChange.PutPacket put) {
                    ids[life * share + i] =
                            ByteBuffer.wrap(put.packet().id().bytes()).getLong();
                }
            }
            engine.handle(new Event.CommitFailed(i + 1L, "not wanted"), new Now(i, wallMs));
        }
    }

    /** A message is named by its sender's boot counter, which needs no clock, and a number within it. */
    @Test
    void aHundredBootsWithoutAClockGiveAHundredEpochs(TestInfo test) throws IOException {
        Score row = Score.row("B3").part("boot counter").seed(0).shownBy(test);
        Set<Long> epochs = new HashSet<>();
        long last = 0;
        int rising = 0;
        for (int boot = 0; boot < BOOTS; boot++) {
            try (PacketStore store = new MemoryPacketStoreFactory().open(directory)) {
                long epoch = store.nextEpoch();
                epochs.add(epoch);
                rising += epoch > last ? 1 : 0;
                last = epoch;
            }
        }
        row.measured(epochs.size() + " different and rising in " + BOOTS + " boots")
                .passed(epochs.size() == BOOTS && rising == BOOTS);
        assertEquals(BOOTS, epochs.size());
        assertEquals(BOOTS, rising);
    }
}
