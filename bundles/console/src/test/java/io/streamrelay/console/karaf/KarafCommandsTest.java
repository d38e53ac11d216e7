// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.console.karaf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.streamrelay.console.FakeRelay;
import io.streamrelay.console.FakeSubcluster;
import io.streamrelay.console.command.Operations;
import io.streamrelay.console.command.Reports;
import io.streamrelay.console.view.GatewayView;
import io.streamrelay.console.view.Views;
import java.lang.reflect.Field;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.junit.jupiter.api.Test;

class KarafCommandsTest {

    private static final List<Class<? extends Action>> COMMANDS = List.of(
            StatusCommand.class,
            PeersCommand.class,
            SubclustersCommand.class,
            StoreCommand.class,
            BacklogCommand.class,
            RoutesCommand.class,
            NatCommand.class,
            TraceCommand.class,
            PublishCommand.class,
            ListenCommand.class,
            InviteCommand.class,
            JoinCommand.class,
            RotateCommand.class,
            MetricsCommand.class);

    @Test
    void areFoundByNameAndHaveHelp() throws Exception {
        Set<String> names = new TreeSet<>();
        for (Class<? extends Action> type : COMMANDS) {
            Command command = type.getAnnotation(Command.class);
            assertEquals("srp", command.scope());
            assertFalse(command.description().isEmpty());
            assertNotNull(type.getAnnotation(Service.class), type.getName());
            names.add(command.name());
            for (Field field : type.getDeclaredFields()) {
                Argument argument = field.getAnnotation(Argument.class);
                Option option = field.getAnnotation(Option.class);
                assertFalse(argument != null && argument.description().isEmpty(), field.toString());
                assertFalse(option != null && option.description().isEmpty(), field.toString());
            }
            assertNotNull(type.getDeclaredConstructor().newInstance());
        }
        assertEquals(COMMANDS.size(), names.size());
    }

    @Test
    void passOnWhatWasTyped() throws Exception {
        FakeRelay relay = new FakeRelay();
        FakeSubcluster demo = relay.open("demo");
        GatewayView view = Views.of(relay);
        PublishCommand publish = new PublishCommand();
        publish.operations = new Operations(view);
        publish.subcluster = "demo";
        publish.topic = "t";
        publish.text = "21";
        publish.raw = true;
        publish.operate();
        assertEquals(List.of("raw t 21"), demo.sent);
        PeersCommand peers = new PeersCommand();
        peers.reports = new Reports(view);
        assertEquals(List.of("no peer is known"), peers.report().lines());
    }
}
