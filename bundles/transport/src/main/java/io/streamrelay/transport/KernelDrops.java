// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.transport;

import io.streamrelay.api.transport.SocketId;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How many datagrams Linux dropped because a receive buffer was full: the loss that a program cannot see itself. */
final class KernelDrops {

    /** The name of this count. */
    static final String COUNTER = "receive.kernel-drops";

    private static final Path LINUX_UDP_TABLE = Path.of("/proc/net/udp");

    /** Columns of the table, see the kernel's net/ipv4/udp.c, udp4_format_sock(). */
    private static final int LOCAL_ADDRESS = 1;

    private static final int DROPS = 12;

    private final Path table;
    private final Set<String> localAddresses;

    KernelDrops(Path table, Set<String> localAddresses) {
        this.table = table;
        this.localAddresses = localAddresses;
    }

    static KernelDrops of(SocketSet sockets) {
        Set<String> localAddresses = Stream.of(SocketId.MAIN, SocketId.PROBE)
                .map(role -> asInTable(sockets.address(role)))
                .collect(Collectors.toUnmodifiableSet());
        return new KernelDrops(LINUX_UDP_TABLE, localAddresses);
    }

    /** An address as the table writes it: hexadecimal, the address in the machine's byte order. */
    static String asInTable(InetSocketAddress address) {
        int number = Ipv4.number(address.getAddress());
        int written = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN ? Integer.reverseBytes(number) : number;
        return "%08X:%04X".formatted(written, address.getPort());
    }

    /** The drops of the main and the probe socket since they were opened; empty where the system does not tell. */
    OptionalLong now() {
        if (!Files.isReadable(table)) {
            return OptionalLong.empty();
        }
        try (Stream<String> lines = Files.lines(table, StandardCharsets.US_ASCII)) {
            return OptionalLong.of(lines.map(line -> line.trim().split("\\s+"))
                    .filter(columns -> columns.length > DROPS && localAddresses.contains(columns[LOCAL_ADDRESS]))
                    .mapToLong(columns -> Long.parseLong(columns[DROPS]))
                    .sum());
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }
}
