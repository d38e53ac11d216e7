// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.mqtt.broker;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicReference;

/** A proxy between a client and a broker that cuts their connection at one MQTT packet, right before or after it. */
final class FrameProxy implements AutoCloseable {

    /** The packets of an exchange of QoS 2, with their numbers of MQTT section 2.1.2. */
    enum Packet {
        PUBLISH(3),
        PUBREC(5),
        PUBREL(6),
        PUBCOMP(7);

        private final int type;

        Packet(int type) {
            this.type = type;
        }
    }

    /** @param delivered whether the packet still arrives */
    record Cut(Packet packet, boolean fromBroker, boolean delivered) {}

    private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final AtomicReference<Cut> next = new AtomicReference<>();
    private final int target;

    FrameProxy(int target) throws IOException {
        this.target = target;
        start(this::accept);
    }

    String url() {
        return "tcp://127.0.0.1:" + listener.getLocalPort();
    }

    /** Cuts at the next such packet, once. */
    void cutAt(Cut cut) {
        next.set(cut);
    }

    boolean hasCut() {
        return next.get() == null;
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                Socket broker = new Socket(InetAddress.getLoopbackAddress(), target);
                start(() -> pipe(client, broker, false));
                start(() -> pipe(broker, client, true));
            } catch (IOException e) {
                // The listener was closed, or the broker is away: the client sees a closed connection.
            }
        }
    }

    private void pipe(Socket from, Socket to, boolean fromBroker) {
        try (from;
                to) {
            DataInputStream in = new DataInputStream(from.getInputStream());
            OutputStream out = to.getOutputStream();
            while (forward(in, out, fromBroker)) {
                // One packet each time.
            }
        } catch (IOException e) {
            // One side has gone, and the other goes with it.
        }
    }

    private boolean forward(DataInputStream in, OutputStream out, boolean fromBroker) throws IOException {
        int first = in.readUnsignedByte();
        byte[] header = {(byte) first, 0, 0, 0, 0};
        int size = 1;
        int length = 0;
        int digit;
        do {
            digit = in.readUnsignedByte();
            length |= (digit & 0x7f) << 7 * (size - 1);
            header[size++] = (byte) digit;
        } while ((digit & 0x80) != 0);
        byte[] body = in.readNBytes(length);
        Cut cut = next.get();
        boolean cuts = cut != null && cut.fromBroker == fromBroker && isExchange(first, cut.packet);
        if (!cuts || cut.delivered) {
            out.write(header, 0, size);
            out.write(body);
        }
        if (cuts) {
            next.set(null);
        }
        return !cuts;
    }

    private static boolean isExchange(int first, Packet packet) {
        return first >> 4 == packet.type && (packet != Packet.PUBLISH || (first >> 1 & 3) == 2);
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task, "frame-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
