// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.api.Id;
import io.streamrelay.api.crypto.KeyRing;
import io.streamrelay.api.crypto.Sealer;
import io.streamrelay.crypto.BouncyKeyRing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeySuccessionTest {

    private static final Duration WEEK = Duration.ofDays(7);

    private final KeyRing keys = new BouncyKeyRing();
    private final TestClock clock = new TestClock();

    @TempDir
    private Path folder;

    @Test
    void outlivesARestart() throws IOException {
        byte[] first = keys.randomKey();
        byte[] second = keys.randomKey();
        assertTrue(opened().put(id(first), second, WEEK));

        KeySuccession.Entry entry = opened().after(id(first)).orElseThrow();

        assertArrayEquals(second, entry.nextKey());
        assertEquals(id(second), entry.nextId());
    }

    @Test
    void keepsTheKeyWhoeverForgetsHisCopy() throws IOException {
        byte[] first = keys.randomKey();
        byte[] second = keys.randomKey();
        Id secondId = id(second);
        KeySuccession succession = opened();
        succession.put(id(first), second, WEEK);
        Arrays.fill(second, (byte) 0);
        assertEquals(secondId, id(succession.after(id(first)).orElseThrow().nextKey()));
    }

    @Test
    void isForItsOwnerAlone() throws IOException {
        opened().put(id(keys.randomKey()), keys.randomKey(), WEEK);
        Path file = folder.resolve("keys").resolve("successions");
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    }

    @Test
    void leavesTheFormerKeyOpenForAsLongAsWasSaid() throws IOException {
        Id former = id(keys.randomKey());
        KeySuccession succession = opened();
        succession.put(former, keys.randomKey(), WEEK);
        clock.advance(WEEK.toMillis() - 1);
        assertFalse(succession.isOver(former));
        clock.advance(1);
        assertTrue(succession.isOver(former));
    }

    @Test
    void countsTheTimeThatTheNodeWasOff() throws IOException {
        Id former = id(keys.randomKey());
        opened().put(former, keys.randomKey(), WEEK);
        clock.advance(WEEK.toMillis() - 60_000);
        KeySuccession later = opened();
        assertFalse(later.isOver(former));
        clock.advance(60_000);
        assertTrue(later.isOver(former));
        assertTrue(opened().isOver(former));
    }

    @Test
    void endsNothingForAClockThatJumps() throws IOException {
        Id former = id(keys.randomKey());
        KeySuccession succession = opened();
        succession.put(former, keys.randomKey(), WEEK);
        clock.wall(clock.now().wallMs() + Duration.ofDays(3_650).toMillis());
        assertFalse(succession.isOver(former));
    }

    @Test
    void beginsAnewWithTheTimeWhereTheClockIsNotSet() throws IOException {
        Id former = id(keys.randomKey());
        clock.wall(0);
        opened().put(former, keys.randomKey(), WEEK);
        clock.advance(WEEK.toMillis() - 1);
        KeySuccession later = opened();
        clock.advance(WEEK.toMillis() - 1);
        assertFalse(later.isOver(former));
        clock.advance(1);
        assertTrue(later.isOver(former));
    }

    @Test
    void comesToTheSameKeyWhicheverOfTwoIsHeardFirst() throws IOException {
        byte[] first = keys.randomKey();
        byte[] one = keys.randomKey();
        byte[] other = keys.randomKey();
        List<Id> ends = new ArrayList<>();
        for (List<byte[]> order : List.of(List.of(one, other), List.of(other, one))) {
            KeySuccession succession = new KeySuccession(null, keys, clock);
            for (byte[] next : order) {
                assertTrue(succession.put(id(first), next, WEEK));
            }
            ends.add(end(succession, id(first)));
            assertEquals(end(succession, id(one)), end(succession, id(other)));
        }
        assertEquals(ends.get(0), ends.get(1));
    }

    @Test
    void goesInNoCircle() throws IOException {
        byte[] first = keys.randomKey();
        byte[] second = keys.randomKey();
        KeySuccession succession = opened();
        succession.put(id(first), second, WEEK);
        assertFalse(succession.put(id(second), first, WEEK));
        assertFalse(succession.put(id(first), first, WEEK));
        assertFalse(succession.put(id(first), second, WEEK));
        assertEquals(id(second), end(succession, id(first)));
    }

    @Test
    void changesNothingThatCannotBeWrittenDown() throws IOException {
        Files.writeString(folder.resolve("keys"), "where the folder should be");
        KeySuccession succession = opened();
        Id former = id(keys.randomKey());
        assertThrows(IOException.class, () -> succession.put(former, keys.randomKey(), WEEK));
        assertTrue(succession.after(former).isEmpty());
    }

    @Test
    void saysWhichFileIsDamaged() throws IOException {
        opened().put(id(keys.randomKey()), keys.randomKey(), WEEK);
        Path file = folder.resolve("keys").resolve("successions");
        String text = Files.readString(file);
        Files.writeString(file, text.substring(0, text.length() - 30));
        IOException refusal = assertThrows(IOException.class, this::opened);
        assertTrue(refusal.getMessage().contains(file.toString()), refusal.getMessage());
    }

    private KeySuccession opened() throws IOException {
        return new KeySuccession(folder, keys, clock);
    }

    private Id id(byte[] key) {
        try (Sealer sealer = keys.sealer(key.clone())) {
            return sealer.subclusterId();
        }
    }

    private static Id end(KeySuccession succession, Id from) {
        Id id = from;
        while (succession.after(id).isPresent()) {
            id = succession.after(id).get().nextId();
        }
        return id;
    }
}
