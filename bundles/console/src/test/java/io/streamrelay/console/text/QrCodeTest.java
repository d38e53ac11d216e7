// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.console.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class QrCodeTest {

    private static final String TEXT = "srp1:" + "abcXYZ_-9".repeat(15);

    /** Each module as so many pixels, as a camera sees it. */
    private static final int SCALE = 4;

    private static String read(List<String> lines, boolean inkIsDark) throws Exception {
        int columns = lines.get(0).length();
        int width = columns * SCALE;
        int height = lines.size() * 2 * SCALE;
        int[] pixels = new int[width * height];
        Arrays.fill(pixels, 0xffffff);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                char c = lines.get(y / SCALE / 2).charAt(x / SCALE);
                boolean upper = y / SCALE % 2 == 0;
                boolean ink = c == '\u2588' || c == (upper ? '\u2580' : '\u2584');
                pixels[y * width + x] = ink == inkIsDark ? 0 : 0xffffff;
            }
        }
        BinaryBitmap bitmap = new BinaryBitmap(new HybridBinarizer(new RGBLuminanceSource(width, height, pixels)));
        return new QRCodeReader().decode(bitmap).getText();
    }

    @Test
    void isReadBackFromADarkTerminal() throws Exception {
        assertEquals(TEXT, read(QrCode.of(TEXT).lines(false), false));
    }

    @Test
    void isReadBackFromAColouredTerminal() throws Exception {
        List<String> lines = QrCode.of(TEXT).lines(true).stream()
                .map(line -> line.replaceAll("\u001b\\[[0-9;]*m", ""))
                .toList();
        assertEquals(TEXT, read(lines, true));
    }

    @Test
    void isAsWideAsItSays() {
        QrCode code = QrCode.of(TEXT);
        assertTrue(code.lines(false).stream().allMatch(line -> line.length() == code.width()));
    }

    @Test
    void refusesWhatDoesNotFit() {
        assertThrows(IllegalArgumentException.class, () -> QrCode.of("x".repeat(5_000)));
    }
}
