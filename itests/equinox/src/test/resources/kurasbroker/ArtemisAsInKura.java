// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package kurasbroker;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.util.Set;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.config.impl.SecurityConfiguration;
import org.apache.activemq.artemis.core.security.Role;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.core.server.impl.ActiveMQServerImpl;
import org.apache.activemq.artemis.core.settings.impl.AddressFullMessagePolicy;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.apache.activemq.artemis.spi.core.security.ActiveMQJAASSecurityManager;
import org.apache.activemq.artemis.spi.core.security.jaas.InVMLoginModule;

/**
 * Artemis with what Kura's "Simple Artemis MQTT Broker" sets. Run as a source file, for the tests' own class path has
 * nothing of it.
 *
 * <p>Lines of its input are commands. {@code start} starts it with a port for those who want to be there before it is
 * enabled, {@code enable} opens the port that it is known by, and {@code stop} is what disabling it does: it ends
 * within a Java that goes on, as Kura does. When its input ends, so does the process.
 */
public final class ArtemisAsInKura {

    private static final String ROLE = "amq";

    private ArtemisAsInKura() {}

    /** @param arguments the early port, the port, the user, the password */
    public static void main(String[] arguments) throws Exception {
        ActiveMQServer server = null;
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in));
        for (String command = commands.readLine(); command != null; command = commands.readLine()) {
            switch (command) {
                case "start":
                    server = server(arguments[0], arguments[2], arguments[3]);
                    server.start();
                    break;
                case "enable":
                    server.getRemotingService().createAcceptor("mqtt", acceptor(arguments[1])).start();
                    break;
                default:
                    server.stop();
            }
        }
        Runtime.getRuntime().halt(0);
    }

    private static String acceptor(String port) {
        return "tcp://localhost:" + port + "?tcpSendBufferSize=1048576;tcpReceiveBufferSize=1048576;protocols=MQTT";
    }

    private static ActiveMQServer server(String port, String user, String password) throws Exception {
        Configuration configuration = new ConfigurationImpl()
                .setName("simple-mqtt-broker")
                .setPersistenceEnabled(false)
                .putSecurityRoles(
                        "#", Set.of(new Role(ROLE, true, true, true, true, true, true, false, true, true, true)))
                .addAddressesSetting(
                        "#", new AddressSettings().setAddressFullMessagePolicy(AddressFullMessagePolicy.DROP));
        configuration.addAcceptorConfiguration("early", acceptor(port));
        SecurityConfiguration users = new SecurityConfiguration();
        users.addUser(user, password);
        users.addRole(user, ROLE);
        return new ActiveMQServerImpl(
                configuration, new ActiveMQJAASSecurityManager(InVMLoginModule.class.getName(), users));
    }
}
