// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * Makes SQLite read on behind damage in a write-ahead log. All checksums from there on are computed anew. A page with
 * wrong bytes stays, for the rows on it have checksums of their own; a frame that does not even say which page it is
 * becomes a repetition of the one before it. When it is cut off it can be done again.
 */
final class WalMender {

    private final Path log;

    WalMender(Path log) {
        this.log = log;
    }

    /** Whether commits are hidden behind damage. */
    boolean isDamaged() throws IOException {
        if (log.toFile().length() < WalFrames.HEADER_BYTES) {
            return false;
        }
        try (FileChannel channel = FileChannel.open(log, StandardOpenOption.READ)) {
            Optional<WalFrames> frames = WalFrames.of(channel);
            return frames.isPresent() && WalExamination.of(frames.get()).isDamage();
        }
    }

    /** Mends what {@link #isDamaged is damaged}. */
    void mend() throws IOException {
        try (FileChannel channel = FileChannel.open(log, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            WalFrames frames = WalFrames.of(channel).orElseThrow();
            mend(frames, WalExamination.of(frames));
            frames.force();
        }
    }

    private static void mend(WalFrames frames, WalExamination found) throws IOException {
        int first = found.firstWrong();
        long before = frames.headerSum();
        long sum = before;
        if (!frames.isHeaderSound()) {
            frames.rewriteHeader(found.salt());
            sum = frames.headerSum();
        } else if (first > 0) {
            frames.read(first - 1);
            before = frames.frameSum();
            sum = before;
        }
        for (int i = first; i <= found.lastCommit(); i++) {
            frames.read(i);
            boolean usable = isUsable(frames, found, before);
            before = frames.frameSum();
            if (!usable) {
                repeatNeighbour(frames, found, i);
            }
            sum = frames.write(i, found.salt(), sum);
        }
    }

    /** Whether the current frame says which page it is. The first page is only taken when all of it is right. */
    private static boolean isUsable(WalFrames frames, WalExamination found, long before) {
        boolean mine = frames.frameSalt() == found.salt();
        boolean right = frames.frameSum() == frames.sumAfter(before);
        boolean plausible = frames.page() > 1
                && frames.page() <= found.pages()
                && frames.commitPages() >= 0
                && frames.commitPages() <= found.pages();
        return mine && (right || plausible);
    }

    /** Makes the frame before the current one, which for the very first is the next usable, the current one. */
    private static void repeatNeighbour(WalFrames frames, WalExamination found, int i) throws IOException {
        int neighbour = i - 1;
        if (i == 0) {
            neighbour = 1;
            frames.read(neighbour);
            while (frames.frameSalt() != found.salt() && neighbour < found.lastCommit()) {
                frames.read(++neighbour);
            }
        }
        frames.read(neighbour);
        frames.clearCommit();
    }
}
