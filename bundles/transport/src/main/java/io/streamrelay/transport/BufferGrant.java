// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.transport;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.DatagramChannel;
import java.util.Locale;

/**
 * What the kernel made of the wish for buffers, in bytes. Linux sets aside twice these figures, and charges each
 * datagram its bookkeeping, too (about 2.3 kB for a full one); Java takes the doubling out again. So a grant of 4 MiB
 * holds about 3,600 full datagrams.
 *
 * @param wanted what was asked for
 * @param receive the receive buffer that was granted
 * @param send the send buffer that was granted
 */
record BufferGrant(int wanted, int receive, int send) {

    /** A grant below the wish by this factor is worth a hint. */
    private static final int MUCH_LESS = 2;

    static BufferGrant of(DatagramChannel channel, int wanted) throws IOException {
        return new BufferGrant(
                wanted,
                channel.getOption(StandardSocketOptions.SO_RCVBUF),
                channel.getOption(StandardSocketOptions.SO_SNDBUF));
    }

    /** One line for the log, with a hint when a burst is likely to be lost. */
    String describe() {
        String facts = String.format(
                Locale.ROOT,
                "buffers of %,d bytes to receive and %,d to send (wanted %,d; Linux sets aside twice that)",
                receive,
                send,
                wanted);
        return receive < wanted / MUCH_LESS
                ? facts + "; bursts may be lost: raise it with `sysctl -w net.core.rmem_max=" + wanted + "`"
                : facts;
    }
}
