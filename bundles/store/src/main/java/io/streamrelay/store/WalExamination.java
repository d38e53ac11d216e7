// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.store;

import java.io.IOException;

/**
 * What one pass over a write-ahead log finds. SQLite takes the first frame that is wrong for the end of the log, as it
 * is after a power cut, and forgets without a word whatever was committed behind it: with a log of 16 MB that may be
 * days. But frames behind a whole commit are only written when that commit is on the disk; so a wrong frame with a
 * whole commit and more behind it was damaged later.
 */
final class WalExamination {

    private static final int NONE = -1;

    private final WalFrames frames;
    private final long salt;
    private int firstWrong;
    private int commitBehindIt = NONE;
    private boolean damage;
    private int uncertainCommit = NONE;
    private int lastCommit = NONE;
    private int pages;

    private WalExamination(WalFrames frames, long salt) {
        this.frames = frames;
        this.salt = salt;
        firstWrong = frames.isHeaderSound() ? NONE : 0;
    }

    static WalExamination of(WalFrames frames) throws IOException {
        WalExamination examination = new WalExamination(frames, saltOf(frames));
        examination.examineAll();
        return examination;
    }

    private static long saltOf(WalFrames frames) throws IOException {
        if (frames.isHeaderSound()) {
            return frames.salt();
        }
        frames.read(frames.firstThatFollows().orElse(0));
        return frames.frameSalt();
    }

    private void examineAll() throws IOException {
        long previous = frames.headerSum();
        for (int i = 0; i < frames.count(); i++) {
            frames.read(i);
            boolean mine = frames.frameSalt() == salt;
            boolean right = mine && frames.frameSum() == frames.sumAfter(previous);
            previous = frames.frameSum();
            if (right) {
                right(i);
            } else {
                wrong(i, mine);
            }
        }
    }

    private void right(int i) {
        damage |= commitBehindIt != NONE;
        if (uncertainCommit != NONE) {
            lastCommit = uncertainCommit;
            uncertainCommit = NONE;
        }
        if (frames.commitPages() != 0) {
            lastCommit = i;
            pages = Math.max(pages, frames.commitPages());
            noteCommit(i);
        }
    }

    private void wrong(int i, boolean mine) {
        if (firstWrong == NONE) {
            firstWrong = i;
        }
        if (mine && frames.commitPages() != 0) {
            uncertainCommit = i;
            noteCommit(i);
        }
    }

    private void noteCommit(int i) {
        if (firstWrong != NONE && commitBehindIt == NONE) {
            commitBehindIt = i;
        }
    }

    /** Whether commits are hidden behind damage. */
    boolean isDamage() {
        return damage;
    }

    /** What the frames that count have in common. */
    long salt() {
        return salt;
    }

    /** The first frame that is not what was written, or cannot be told to be. */
    int firstWrong() {
        return firstWrong;
    }

    /** The last frame that ends a commit. */
    int lastCommit() {
        return lastCommit;
    }

    /** How many pages the database has at the most. */
    int pages() {
        return pages;
    }
}
