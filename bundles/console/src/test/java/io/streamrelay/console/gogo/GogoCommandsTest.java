// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.console.gogo;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.console.FakeRelay;
import io.streamrelay.console.FakeSubcluster;
import io.streamrelay.console.command.Operations;
import io.streamrelay.console.command.Reports;
import io.streamrelay.console.view.GatewayView;
import io.streamrelay.console.view.Views;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import org.apache.felix.gogo.runtime.CommandProcessorImpl;
import org.apache.felix.gogo.runtime.threadio.ThreadIOImpl;
import org.apache.felix.service.command.CommandSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Types the commands into a real Gogo. */
class GogoCommandsTest {

    private final FakeRelay relay = new FakeRelay();
    private final FakeSubcluster demo = relay.open("demo");
    private final ThreadIOImpl io = new ThreadIOImpl();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private CommandSession session;

    @BeforeEach
    void start() {
        GatewayView view = Views.of(relay);
        io.start();
        CommandProcessorImpl gogo = new CommandProcessorImpl(io);
        GogoCommands commands = new GogoCommands(new Reports(view), new Operations(view));
        for (String name : GogoCommands.names()) {
            gogo.addCommand("srp", commands, name);
        }
        session = gogo.createSession((InputStream) new ByteArrayInputStream(new byte[0]), (OutputStream) out, out);
    }

    @AfterEach
    void stop() {
        session.close();
        io.stop();
    }

    private String type(String line) throws Exception {
        out.reset();
        session.execute(line);
        session.getConsole().flush();
        return out.toString();
    }

    @Test
    void offersAllCommands() {
        assertArrayEquals(
                new String[] {
                    "backlog",
                    "invite",
                    "join",
                    "listen",
                    "metrics",
                    "nat",
                    "peers",
                    "publish",
                    "rotate",
                    "routes",
                    "status",
                    "store",
                    "subclusters",
                    "trace"
                },
                GogoCommands.names());
    }

    @Test
    void takesArgumentsAndOptions() throws Exception {
        assertTrue(type("srp:status").startsWith("WATCH"));
        assertTrue(type("srp:status --json").startsWith("{"));
        assertTrue(type("srp:peers").startsWith("no peer is known"));
        type("srp:publish --raw demo t '21 degrees'");
        type("srp:rotate --overlap 1h demo");
        type("srp:rotate demo");
        assertEquals(List.of("raw t 21 degrees", "rotate PT1H", "rotate PT168H"), demo.sent);
        assertTrue(type("srp:listen --seconds 1 --count 1 demo").isEmpty());
        assertTrue(type("srp:invite --no-qr demo").startsWith("SECRET"));
    }
}
