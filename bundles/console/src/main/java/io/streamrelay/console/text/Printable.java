// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.console.text;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** What came from others, made fit for a terminal: nothing in it moves a cursor or changes a colour. */
public final class Printable {

    /** A guess: what a person still takes in. */
    private static final int CHARS_MAX = 400;

    private static final int BYTES_MAX = 64;
    private static final char REPLACEMENT = '\uFFFD';

    private Printable() {}

    /** The text, shortened, with line ends and tabs as blanks and other controls replaced. */
    public static String text(String text) {
        StringBuilder printable = new StringBuilder();
        text.codePoints().limit(CHARS_MAX).forEach(code -> printable.appendCodePoint(printable(code)));
        return text.codePointCount(0, text.length()) > CHARS_MAX
                ? printable + " ... (" + text.length() + " characters)"
                : printable.toString();
    }

    private static int printable(int code) {
        if (code == '\n' || code == '\r' || code == '\t') {
            return ' ';
        }
        int type = Character.getType(code);
        // Format characters turn the direction of writing and so hide what is there.
        boolean obeyed = type == Character.CONTROL || type == Character.FORMAT || type == Character.SURROGATE;
        return obeyed || type == Character.UNASSIGNED ? REPLACEMENT : code;
    }

    /** A payload as text when it is one, and as hex digits otherwise. */
    public static String payload(byte[] payload) {
        try {
            return text(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(payload))
                    .toString());
        } catch (CharacterCodingException e) {
            String digits = HexFormat.of().formatHex(payload, 0, Math.min(payload.length, BYTES_MAX));
            return "0x" + digits + (payload.length > BYTES_MAX ? " ... (" + payload.length + " bytes)" : "");
        }
    }
}
