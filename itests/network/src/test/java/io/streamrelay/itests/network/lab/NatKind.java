// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.network.lab;

import io.streamrelay.api.NatType;
import java.util.Locale;

/** The four kinds of NAT, as rules of nftables between the interfaces {@code lan} and {@code wan}. */
public enum NatKind {
    /** Everything that reaches the public address goes to the host. */
    FULL_CONE(NatType.UNRESTRICTED, """
            table ip nat {
              chain in { type nat hook prerouting priority dstnat; iifname "wan" meta l4proto udp dnat to HOST;
              }
              chain out { type nat hook postrouting priority srcnat; oifname "wan" snat to WAN;
              }
            }
            """),
    /** The same, but only from addresses that the host's port has sent to within the last minute. */
    ADDRESS_RESTRICTED(NatType.ADDRESS_RESTRICTED, """
            table ip nat {
              set peers { type ipv4_addr . inet_service; flags dynamic,timeout; timeout 60s;
              }
              chain in { type nat hook prerouting priority dstnat; iifname "wan" meta l4proto udp dnat to HOST;
              }
              chain out { type nat hook postrouting priority srcnat; oifname "wan" snat to WAN;
              }
              chain pass { type filter hook forward priority filter;
                iifname "lan" oifname "wan" ip protocol udp update @peers { ip daddr . udp sport }
                iifname "wan" oifname "lan" ip protocol udp ct state new ip saddr . udp dport != @peers drop;
              }
            }
            """),
    /** Only answers come in. Without the drop an early datagram would take the port that the host needs later. */
    PORT_RESTRICTED(NatType.PORT_RESTRICTED, """
            table ip nat {
              chain out { type nat hook postrouting priority srcnat; oifname "wan" masquerade;
              }
              chain self { type filter hook input priority filter; iifname "wan" ct state new drop;
              }
            }
            """),
    /** Only answers come in, and each destination sees another port. */
    SYMMETRIC(NatType.ENDPOINT_RESTRICTED, """
            table ip nat {
              chain out { type nat hook postrouting priority srcnat; oifname "wan" masquerade random,fully-random;
              }
              chain self { type filter hook input priority filter; iifname "wan" ct state new drop;
              }
            }
            """);

    private final NatType type;
    private final String rules;

    NatKind(NatType type, String rules) {
        this.type = type;
        this.rules = rules;
    }

    /** What a host behind it finds out to be behind. */
    public NatType type() {
        return type;
    }

    /** What it is called in tables. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The rules for a NAT with that public address; the cones serve this host of its network alone. */
    String rules(String publicAddress, String host) {
        return rules.replace("WAN", publicAddress).replace("HOST", host);
    }
}
