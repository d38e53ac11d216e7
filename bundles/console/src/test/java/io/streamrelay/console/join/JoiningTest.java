// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.console.join;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.api.Id;
import io.streamrelay.api.Invitation;
import io.streamrelay.api.SharedKey;
import io.streamrelay.api.config.Secrets;
import io.streamrelay.console.FakeRelay;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JoiningTest {

    private static final String NODE = "io.streamrelay.node";
    private static final String SUBCLUSTER = "io.streamrelay.subcluster";
    private static final String BRIDGE = "io.streamrelay.mqtt";
    private static final byte[] KEY = FakeRelay.id("the invitation's key").bytes();
    private static final JoinOptions REPLACE = new JoinOptions(false, true, true);

    @TempDir
    Path folder;

    private final FakeRelay relay = new FakeRelay();
    private final FakeAdmin admin = new FakeAdmin();
    private FakeAdmin.FakeConfiguration node;

    @BeforeEach
    void aNode() {
        node = admin.add(NODE, null).with("port", "19777", "peers", "192.0.2.1:1, 192.0.2.2:2");
    }

    private Joining joining(Path karafEtc) {
        return new Joining(relay, folder.resolve("data"), new Configurations(admin, karafEtc), new FakeKeys());
    }

    private static Invitation invitation(Id cluster, String name) {
        return new Invitation(
                cluster,
                name,
                SharedKey.ofBytes(KEY),
                List.of(FakeRelay.id("x").hex() + "@192.0.2.2:2", "192.0.2.3:3"));
    }

    private List<String> join(JoinOptions options) throws IOException {
        return joining(null).join(invitation(relay.cluster, "plant"), options);
    }

    @Test
    void configuresPeersSubclusterAndBridge() throws Exception {
        join(JoinOptions.CAREFUL);
        assertEquals("192.0.2.1:1,192.0.2.2:2,192.0.2.3:3", node.value("peers"));
        assertEquals("19777", node.value("port"));
        assertEquals("plant", admin.instances(SUBCLUSTER).get(0).value("name"));
        assertEquals("plant/# both 1", admin.instances(BRIDGE).get(0).value("routes"));
        String sharedKey = (String) admin.instances(SUBCLUSTER).get(0).value("sharedKey");
        assertArrayEquals(
                KEY, SharedKey.parse(Secrets.reveal("sharedKey", sharedKey)).bytes());
    }

    @Test
    void keepsTheKeyForItsOwnerAndOutOfWhatItTells() throws Exception {
        List<String> told = join(JoinOptions.CAREFUL);
        try (Stream<Path> files = Files.list(folder.resolve("data/keys"))) {
            Path file = files.toList().get(0);
            assertTrue(file.getFileName().toString().matches("plant-[0-9a-f]{8}\\.key"), file.toString());
            assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
            String digits = Files.readString(file).strip().substring("hex:".length());
            assertFalse(String.join("\n", told).contains(digits));
        }
    }

    @Test
    void isHarmlessWhenDoneTwice() throws Exception {
        join(JoinOptions.CAREFUL);
        int updates = node.updates;
        List<String> told = join(JoinOptions.CAREFUL);
        assertEquals(updates, node.updates);
        assertEquals(1, admin.instances(SUBCLUSTER).size());
        assertEquals(1, admin.instances(BRIDGE).size());
        assertTrue(told.contains("subcluster plant: is there already"), told.toString());
    }

    @Test
    void keepsAnArrayOfPeersAnArray() throws Exception {
        node.with("peers", new String[] {"192.0.2.1:1"});
        join(JoinOptions.CAREFUL);
        assertEquals(3, ((String[]) node.value("peers")).length);
    }

    @Test
    void leavesItsClusterOnlyWhenTold() throws Exception {
        Invitation elsewhere = invitation(FakeRelay.id("elsewhere"), "plant");
        assertThrows(IllegalArgumentException.class, () -> joining(null).join(elsewhere, JoinOptions.CAREFUL));
        assertEquals(1, admin.all.size());
        joining(null).join(elsewhere, new JoinOptions(true, false, false));
        assertEquals(FakeRelay.id("elsewhere").hex(), node.value("clusterId"));
    }

    @Test
    void leavesTheClusterThatNobodyHasChosen() throws Exception {
        relay.cluster =
                Id.of(MessageDigest.getInstance("SHA-256").digest("streamrelay".getBytes(StandardCharsets.US_ASCII)));
        joining(null).join(invitation(FakeRelay.id("elsewhere"), "plant"), JoinOptions.CAREFUL);
        assertEquals(FakeRelay.id("elsewhere").hex(), node.value("clusterId"));
    }

    @Test
    void replacesAKeyThatTheGatewayMadeForItself() throws Exception {
        FakeAdmin.FakeConfiguration own =
                admin.add(SUBCLUSTER + "-x", SUBCLUSTER).with("name", "plant", "lifetime", "1d");
        relay.open("plant");
        join(JoinOptions.CAREFUL);
        assertTrue(own.value("sharedKey").toString().startsWith("file:"));
        assertEquals("1d", own.value("lifetime"));
    }

    @Test
    void replacesAKeyThatSomebodyGaveOnlyWhenTold() throws Exception {
        FakeAdmin.FakeConfiguration given =
                admin.add(SUBCLUSTER + "-x", SUBCLUSTER).with("name", "plant", "sharedKey", "a passphrase");
        assertThrows(IllegalArgumentException.class, () -> join(JoinOptions.CAREFUL));
        assertEquals(0, node.updates);
        join(REPLACE);
        assertTrue(given.value("sharedKey").toString().startsWith("file:"));
    }

    @Test
    void leavesASubclusterThatHasTheKeyAsItIs() throws Exception {
        FakeAdmin.FakeConfiguration same = admin.add(SUBCLUSTER + "-x", SUBCLUSTER)
                .with(
                        "name",
                        "plant",
                        "sharedKey",
                        "hex:" + FakeRelay.id("the invitation's key").hex());
        join(JoinOptions.CAREFUL);
        assertEquals(0, same.updates);
        relay.open("plant").id = FakeKeys.idOf(KEY);
        same.with("name", "plant");
        join(JoinOptions.CAREFUL);
        assertEquals(0, same.updates);
    }

    @Test
    void respectsABridgeThatIsThereAndTheWishForNone() throws Exception {
        join(new JoinOptions(false, false, false));
        assertEquals(0, admin.instances(BRIDGE).size());
        admin.add(BRIDGE + "-x", BRIDGE).with("subcluster", "plant", "routes", "a out");
        join(JoinOptions.CAREFUL);
        assertEquals(1, admin.instances(BRIDGE).size());
    }

    @Test
    void refusesANameThatLeadsOutOfItsFolder() {
        Invitation evil = invitation(relay.cluster, "../../etc/passwd");
        assertThrows(IllegalArgumentException.class, () -> joining(null).join(evil, JoinOptions.CAREFUL));
        assertFalse(Files.exists(folder.resolve("data")));
    }

    @Test
    void writesFilesWhereKarafHasThem() throws Exception {
        Path etc = Files.createDirectory(folder.resolve("etc"));
        Files.writeString(etc.resolve(SUBCLUSTER + "-plant.cfg"), "name = another");
        joining(etc).join(invitation(relay.cluster, "plant"), JoinOptions.CAREFUL);
        joining(etc).join(invitation(relay.cluster, "plant"), JoinOptions.CAREFUL);
        Path file = etc.resolve(SUBCLUSTER + "-plant-2.cfg");
        Properties read = new Properties();
        read.load(Files.newBufferedReader(file, StandardCharsets.ISO_8859_1));
        assertEquals("plant", read.getProperty("name"));
        assertArrayEquals(
                KEY,
                SharedKey.parse(Secrets.reveal("sharedKey", read.getProperty("sharedKey")))
                        .bytes());
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        try (Stream<Path> files = Files.list(etc)) {
            assertEquals(3, files.count());
        }
    }

    @Test
    void doesNotStartWithAnInvitationThatIsDamaged() throws Exception {
        JoinAtStart.join(joining(null), "srp1:AAAA");
        assertEquals(1, admin.all.size());
        JoinAtStart.join(joining(null), invitation(relay.cluster, "plant").text());
        assertEquals(1, admin.instances(SUBCLUSTER).size());
    }
}
