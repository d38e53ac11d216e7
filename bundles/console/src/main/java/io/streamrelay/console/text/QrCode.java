// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.console.text;

import com.google.zxing.WriterException;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import com.google.zxing.qrcode.encoder.ByteMatrix;
import com.google.zxing.qrcode.encoder.Encoder;
import java.util.ArrayList;
import java.util.List;

/** A text as a QR code in a terminal: two modules to a character, one above the other. */
public final class QrCode {

    /** What the standard asks for, in modules. */
    private static final int QUIET = 4;

    private static final String BLACK_ON_WHITE = "\u001b[30;107m";
    private static final String RESET = "\u001b[0m";

    private final ByteMatrix modules;

    private QrCode(ByteMatrix modules) {
        this.modules = modules;
    }

    /** @throws IllegalArgumentException when the text is longer than a QR code holds */
    public static QrCode of(String text) {
        try {
            // A terminal is not dirty: the least correction makes the smallest code.
            return new QrCode(Encoder.encode(text, ErrorCorrectionLevel.L).getMatrix());
        } catch (WriterException e) {
            throw new IllegalArgumentException("a text of " + text.length() + " characters fits in no QR code", e);
        }
    }

    /** How many columns of a terminal it takes. */
    public int width() {
        return modules.getWidth() + 2 * QUIET;
    }

    /**
     * The code with its quiet zone.
     *
     * @param colours whether the terminal obeys ANSI colours: then it is black on white whatever the theme; without, it
     *     is right on dark terminals, and inverted on others, which most readers take, too
     */
    public List<String> lines(boolean colours) {
        List<String> lines = new ArrayList<>();
        for (int y = -QUIET; y < modules.getHeight() + QUIET; y += 2) {
            StringBuilder line = new StringBuilder(colours ? BLACK_ON_WHITE : "");
            for (int x = -QUIET; x < modules.getWidth() + QUIET; x++) {
                // With colours the ink is the black, without it is the terminal's light.
                line.append(character(isDark(x, y) == colours, isDark(x, y + 1) == colours));
            }
            lines.add(line.append(colours ? RESET : "").toString());
        }
        return lines;
    }

    private boolean isDark(int x, int y) {
        return x >= 0 && y >= 0 && x < modules.getWidth() && y < modules.getHeight() && modules.get(x, y) == 1;
    }

    private static char character(boolean upper, boolean lower) {
        if (upper) {
            return lower ? '\u2588' : '\u2580';
        }
        return lower ? '\u2584' : ' ';
    }
}
