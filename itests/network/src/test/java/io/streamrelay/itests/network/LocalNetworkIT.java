// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.network;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.api.Endpoint;
import io.streamrelay.gossip.node.NodeConfig;
import io.streamrelay.itests.network.lab.Host;
import io.streamrelay.itests.network.lab.Lab;
import io.streamrelay.itests.network.lab.LocalNetwork;
import io.streamrelay.itests.network.lab.Nat;
import io.streamrelay.itests.network.lab.NatKind;
import io.streamrelay.itests.network.lab.NeedsLab;
import io.streamrelay.itests.network.process.Member;
import io.streamrelay.itests.network.process.OpenHost;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Members in one house: they need nobody else. */
@NeedsLab
@Execution(ExecutionMode.CONCURRENT)
class LocalNetworkIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Test
    void twoAloneOnALocalNetworkHearEachOther() {
        try (Lab lab = Lab.open("two")) {
            LocalNetwork lan = lab.lan("lan");
            Host first = lan.host("first");
            Host second = lan.host("second");
            Member one = Member.ours(first, "two", List.of());
            Member other = Member.ours(second, "two", List.of(endpoint(first)));
            allHearAll(List.of(one, other), "alone");
        }
    }

    /** Each calls out at the port that the other has. */
    @Test
    @Tag("case-48")
    void twoWhoKnowNobodyFindEachOther() {
        try (Lab lab = Lab.open("call")) {
            LocalNetwork lan = lab.lan("lan");
            Member one = Member.ours(lan.host("first"), "call", List.of());
            Member other = Member.ours(lan.host("second"), "call", List.of());
            allHearAll(List.of(one, other), "found");
        }
    }

    /** Nobody calls out at these ports: multicast DNS tells of them. */
    @Test
    void twoAtPortsOfTheirOwnFindEachOther() {
        try (Lab lab = Lab.open("dns")) {
            LocalNetwork lan = lab.lan("lan");
            Member one = Member.ours(lan.host("first"), "dns", 20_001);
            Member other = Member.ours(lan.host("second"), "dns", 20_002);
            allHearAll(List.of(one, other), "found");
        }
    }

    @Test
    @Tag("case-48")
    void aReferencePeerThatKnowsNobodyIsFound() {
        try (Lab lab = Lab.open("ref")) {
            LocalNetwork lan = lab.lan("lan");
            Member reference = Member.reference(lan.host("first"), "ref", NodeConfig.DEFAULT_PORT);
            Member ours = Member.ours(lan.host("second"), "ref", List.of());
            allHearAll(List.of(reference, ours), "found");
        }
    }

    @Test
    void threeBehindOneNatHearEachOtherAlsoWhenTheLineIsDown() {
        try (Lab lab = Lab.open("three")) {
            Nat nat = lab.nat("nat", NatKind.PORT_RESTRICTED, "203.0.113.101");
            OpenHost.start(lab, "three");
            List<Endpoint> known = new ArrayList<>(OpenHost.endpoints());
            List<Member> members = new ArrayList<>();
            for (String name : List.of("first", "second", "third")) {
                Host host = nat.host(name);
                members.add(Member.ours(host, "three", known));
                known.add(endpoint(host));
            }
            allHearAll(members, "with a line");
            for (Member member : members) {
                assertTrue(Await.comes(PATIENCE, () -> reachesAll(member, members)), () -> member.stats()
                        .toString());
            }
            nat.unplug();
            allHearAll(members, "without a line");
        }
    }

    private static Endpoint endpoint(Host host) {
        return Endpoint.of(host.address(), NodeConfig.DEFAULT_PORT);
    }

    private static boolean reachesAll(Member member, List<Member> others) {
        return others.stream().allMatch(other -> other == member || member.reaches(other));
    }

    private static void allHearAll(List<Member> members, String text) {
        members.forEach(member -> member.publish(text + " from " + member.id()));
        for (Member member : members) {
            members.stream()
                    .filter(other -> other != member)
                    .forEach(other -> member.awaitText(text + " from " + other.id(), PATIENCE));
        }
    }
}
