// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.network.process;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A program that sends and receives UDP datagrams as it is told.
 *
 * <p>Commands: {@code open} ({@code address}, {@code port}), {@code send} ({@code from}: a port that is open,
 * {@code address}, {@code port}, {@code text}). Event: {@code datagram} ({@code at}: the port, {@code address},
 * {@code port}, {@code text}).
 */
public final class UdpPost {

    private static final int DATAGRAM_BYTES_MAX = 2_048;

    private final CommandLoop loop = new CommandLoop().on("open", this::open).on("send", this::send);
    private final Map<Integer, DatagramSocket> sockets = new ConcurrentHashMap<>();

    private UdpPost() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        new UdpPost().loop.run();
    }

    private ObjectNode open(JsonNode options) throws IOException {
        DatagramSocket socket = new DatagramSocket(endpoint(options));
        sockets.put(socket.getLocalPort(), socket);
        Thread receiver = new Thread(() -> receive(socket), "receiver-" + socket.getLocalPort());
        receiver.setDaemon(true);
        receiver.start();
        return CommandLoop.line().put("port", socket.getLocalPort());
    }

    private void receive(DatagramSocket socket) {
        DatagramPacket datagram = new DatagramPacket(new byte[DATAGRAM_BYTES_MAX], DATAGRAM_BYTES_MAX);
        try {
            while (true) {
                datagram.setLength(DATAGRAM_BYTES_MAX);
                socket.receive(datagram);
                loop.tell("datagram", describe(socket, datagram));
            }
        } catch (IOException e) {
            loop.tell("end", CommandLoop.line().put("at", socket.getLocalPort()));
        }
    }

    private static ObjectNode describe(DatagramSocket socket, DatagramPacket datagram) {
        return CommandLoop.line()
                .put("at", socket.getLocalPort())
                .put("address", datagram.getAddress().getHostAddress())
                .put("port", datagram.getPort())
                .put("text", new String(datagram.getData(), 0, datagram.getLength(), StandardCharsets.UTF_8));
    }

    private ObjectNode send(JsonNode options) throws IOException {
        byte[] text = options.get("text").asText().getBytes(StandardCharsets.UTF_8);
        sockets.get(options.get("from").asInt()).send(new DatagramPacket(text, text.length, endpoint(options)));
        return CommandLoop.line();
    }

    private static InetSocketAddress endpoint(JsonNode options) throws IOException {
        return new InetSocketAddress(
                InetAddress.getByName(options.get("address").asText()),
                options.get("port").asInt());
    }
}
