// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node.osgi;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Icon;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** What forms and consoles show of {@link NodeComponent}'s settings; they are read and checked by NodeConfig. */
@ObjectClassDefinition(
        id = NodeComponent.PID,
        name = "Streamrelay node",
        icon = @Icon(resource = "OSGI-INF/icons/streamrelay.png", size = 32),
        description =
                "This gateway as a peer of the mesh. Every change applies at once, without losing a message; one of"
                        + " cluster, clusterId or dataDirectory closes the node and opens another, which is as a restart of the"
                        + " gateway.")
@interface NodeConfiguration {

    @AttributeDefinition(
            name = "Cluster",
            description = "The name of the cluster this node belongs to, a text that all of its peers share. Default:"
                    + " streamrelay.")
    String cluster() default "streamrelay";

    @AttributeDefinition(
            name = "Cluster id",
            required = false,
            description = "The cluster's id as 64 hex digits, instead of the name. Default: empty, the SHA-256 of the"
                    + " name.")
    String clusterId() default "";

    @AttributeDefinition(
            name = "UDP port",
            min = "0",
            max = "65535",
            description = "The UDP port that peers reach this node at; 0 = any. Default: 19777.")
    int port() default 19777;

    @AttributeDefinition(
            name = "Probe port",
            min = "0",
            max = "65535",
            description = "A second UDP port, from which peers' probes are answered; 0 = any. Default: 0.")
    int probePort() default 0;

    @AttributeDefinition(
            name = "Address",
            description = "The IPv4 address of this host to bind to; 0.0.0.0 = all of them. Default: 0.0.0.0.")
    String address() default "0.0.0.0";

    @AttributeDefinition(
            name = "Peers",
            required = false,
            cardinality = 10,
            description = "Peers to begin with, each as host:port or peerId@host:port; they are also tried when"
                    + " connections were lost. Default: none.")
    String[] peers() default {};

    @AttributeDefinition(
            name = "Well-known peer",
            description =
                    "Whether this node is a well-known peer that others begin with: true or false. Default: false.")
    boolean indexed() default false;

    @AttributeDefinition(
            name = "NAT",
            options = {
                @Option(label = "auto", value = "auto"),
                @Option(label = "unrestricted", value = "unrestricted"),
                @Option(label = "address-restricted", value = "address-restricted"),
                @Option(label = "port-restricted", value = "port-restricted"),
                @Option(label = "endpoint-restricted", value = "endpoint-restricted")
            },
            description = "What stands between this node and the Internet: auto (find out), unrestricted,"
                    + " address-restricted, port-restricted or endpoint-restricted (a symmetric NAT). Default: auto.")
    String nat() default "auto";

    @AttributeDefinition(
            name = "Public address",
            required = false,
            description = "The IPv4 address, or address:port, to tell peers instead of what they report. Default:"
                    + " empty, what they report.")
    String publicAddress() default "";

    @AttributeDefinition(
            name = "Keep-alive",
            min = "1",
            max = "25",
            description = "How often each peer is pinged, in seconds, 1 to 25; JavaScript peers forget one that was"
                    + " silent for 30. Default: 12.")
    int keepAliveSeconds() default 15;

    @AttributeDefinition(
            name = "Carried for others",
            min = "1",
            max = "1048576",
            description = "How much is held of what others have sent, in megabytes. Default: 16.")
    int storeMegabytes() default 16;

    @AttributeDefinition(
            name = "Own backlog",
            min = "1",
            max = "1048576",
            description = "How much is held of own messages that were not passed on yet, in megabytes; when it is full"
                    + " publishers wait. Default: 256.")
    int backlogMegabytes() default 256;

    @AttributeDefinition(
            name = "Backlog rate",
            min = "0",
            max = "1000000",
            description = "How fast what is not new, backlog and repairs, leaves on each link to a peer, in kilobits a"
                    + " second, 8 to 1000000; new messages do not wait for it. Default: 0, as fast as the link carries"
                    + " it.")
    int backlogKilobitsPerSecond() default 0;

    @AttributeDefinition(
            name = "LAN discovery",
            description = "Whether peers are looked for on this host's own networks, by multicast DNS and by broadcast:"
                    + " true or false. Default: true.")
    boolean lanDiscovery() default true;

    @AttributeDefinition(
            name = "Relay foreign clusters",
            description = "Whether packets of other clusters are carried and passed on: true or false. Default: true.")
    boolean relayForeign() default true;

    @AttributeDefinition(
            name = "Data directory",
            required = false,
            description = "The folder of this node's identity, keys and store. Another folder is another peer, and what"
                    + " waits in the old one stays there. Default: empty, the folder streamrelay in the container's data"
                    + " folder.")
    String dataDirectory() default "";
}
