// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.packet;

/** Reads each type's body, and turns what is wrong with it into {@link Malformed}. */
final class BodyReader {

    private BodyReader() {}

    static Body read(Packet packet) {
        try {
            return switch (packet.type()) {
                case PING -> Ping.read(fields(packet));
                case PONG -> Pong.read(fields(packet));
                case INTRO -> Intro.read(fields(packet));
                case JOIN -> Join.read(fields(packet));
                case PUBLISH, STREAM -> packet.index() == 0 ? Head.read(packet) : new Opaque();
                case SYNC -> ofSync(packet.copy(Field.MESSAGE));
                case QUERY -> QueryBody.read(packet);
            };
        } catch (BadBody e) {
            return new Malformed(e.reason());
        }
    }

    private static Body ofSync(byte[] body) {
        return Inventory.isOne(body) ? Inventory.decode(body) : Summary.decode(body);
    }

    private static JsonFields fields(Packet packet) throws BadBody {
        return JsonFields.read(packet);
    }
}
